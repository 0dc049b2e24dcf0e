const GAP = 4

/** The canvases side by side as one PNG; every pixel of each, so that what is burned in comes along. */
export async function composeImage(canvases: readonly HTMLCanvasElement[]): Promise<Blob> {
  const width = canvases.reduce((sum, canvas) => sum + canvas.width + GAP, -GAP)
  const height = Math.max(...canvases.map((canvas) => canvas.height))
  const image = new OffscreenCanvas(width, height)
  const context = image.getContext('2d', { alpha: false })
  if (!context) throw new Error('the browser gives no canvas to draw on')
  let left = 0
  for (const canvas of canvases) {
    context.drawImage(canvas, left, 0)
    left += canvas.width + GAP
  }
  return image.convertToBlob({ type: 'image/png' })
}
