/** The part of the driver that the registry uses; the package's own types are not reachable through its exports. */
declare module 'better-sqlite3-multiple-ciphers' {
  namespace Sqlite {
    interface Statement<Parameters extends unknown[] = unknown[], Row = unknown> {
      run(...parameters: Parameters): { changes: number; lastInsertRowid: number | bigint }
      get(...parameters: Parameters): Row | undefined
      all(...parameters: Parameters): Row[]
      iterate(...parameters: Parameters): IterableIterator<Row>
      pluck(on?: boolean): this
    }
    interface Transaction<Work extends () => unknown> {
      (): ReturnType<Work>
      immediate(): ReturnType<Work>
    }
    interface Database {
      readonly open: boolean
      readonly inTransaction: boolean
      readonly name: string
      prepare(sql: string): Statement
      transaction<Work extends () => unknown>(work: Work): Transaction<Work>
      exec(sql: string): this
      key(key: Buffer): number
      pragma(source: string, options?: { simple?: boolean }): unknown
      close(): this
    }
    interface Options {
      readonly?: boolean
      fileMustExist?: boolean
      timeout?: number
    }
  }
  const Sqlite: new (path: string, options?: Sqlite.Options) => Sqlite.Database
  export default Sqlite
}
