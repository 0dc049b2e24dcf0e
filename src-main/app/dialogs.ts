/** Windows of the operating system that ask the user for a place. Only the desktop has them. */
export interface Dialogs {
  /** @param name proposed @returns the path that the user chose, or null */
  chooseFileToSave(name: string): Promise<string | null>
  chooseFolder(): Promise<string | null>
  /** A table, to be read. */
  chooseTable(): Promise<string | null>
}
