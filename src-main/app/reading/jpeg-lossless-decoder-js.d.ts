/** The part of the package that is used; its own types name files that it does not ship. */
declare module 'jpeg-lossless-decoder-js' {
  export class Decoder {
    readonly xDim: number
    readonly yDim: number
    readonly numComp: number
    readonly precision: number | undefined
    decode(buffer: ArrayBuffer, offset: number, length: number): Uint8Array | Uint16Array
  }
}
