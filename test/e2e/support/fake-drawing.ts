export interface FakeDrawing {
  drawCine(width: number, height: number): Uint8Array
}

/** Puts a drawing of a cine into the page, for the stand-in api. Runs in the page, so it may use nothing else. */
export function installFakeDrawing(): void {
  /** Two beating ellipses with the mark written in: something that moves, no likeness of a heart is claimed. */
  function drawCine(width: number, height: number): Uint8Array {
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d', { willReadFrequently: true })!
    const pixels = new Uint8Array(50 * width * height)
    for (let frame = 0; frame < 50; frame++) {
      const squeeze = 1 - 0.22 * Math.sin((Math.PI * frame) / 50) ** 2
      context.fillStyle = '#161616'
      context.fillRect(0, 0, width, height)
      for (const [x, y, radiusX, radiusY, wall] of [
        [0.42, 0.45, 0.15, 0.26, '#5c5c5c'],
        [0.62, 0.45, 0.12, 0.22, '#474747'],
        [0.43, 0.78, 0.12, 0.1, '#4d4d4d'],
        [0.62, 0.77, 0.12, 0.1, '#4d4d4d'],
      ] as const) {
        context.fillStyle = wall
        context.beginPath()
        context.ellipse(x * width, y * height, radiusX * width, radiusY * height, 0.2, 0, 7)
        context.fill()
        context.fillStyle = '#d8d8d8'
        context.beginPath()
        context.ellipse(
          x * width,
          y * height,
          radiusX * width * 0.78 * squeeze,
          radiusY * height * 0.84 * squeeze,
          0.2,
          0,
          7,
        )
        context.fill()
      }
      context.fillStyle = '#fff'
      context.font = `${Math.round(height * 0.036)}px sans-serif`
      context.fillText('AI-generated from ECG – not an acquired image', width * 0.03, height * 0.05)
      context.fillText('AI-generated from ECG – not an acquired image', width * 0.03, height * 0.98)
      const rgba = context.getImageData(0, 0, width, height).data
      for (let pixel = 0; pixel < width * height; pixel++) pixels[frame * width * height + pixel] = rgba[4 * pixel]!
    }
    return pixels
  }
  Object.defineProperty(window, 'drawCine', { value: drawCine })
}
