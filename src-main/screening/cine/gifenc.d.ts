/** gifenc ships no types. Its ES module is named by path: Node would take the CommonJS one, a bundler the other. */
declare module 'gifenc/dist/gifenc.esm.js' {
  interface Encoder {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { palette?: number[][]; delay?: number; repeat?: number; colorDepth?: number },
    ): void
    finish(): void
    bytes(): Uint8Array
    stream: { writeByte(byte: number): void }
  }
  export function GIFEncoder(options?: { initialCapacity?: number }): Encoder
}
