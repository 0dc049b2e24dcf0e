import type { Cine } from './cine.ts'

/** How a plane is turned to stand as a four-chamber view stands: quarter turns to the right, then left and right changed. */
export interface Turn {
  quarterTurns: 0 | 1 | 2 | 3
  mirrored: boolean
}

/** The same cine, turned. No value changes, only where it lies. */
export function turnCine(cine: Cine, { quarterTurns, mirrored }: Turn): Cine {
  if (quarterTurns === 0 && !mirrored) return cine
  const { frames, rows, columns, values, spacingMm } = cine
  const lying = quarterTurns % 2 === 1
  const [newRows, newColumns] = lying ? [columns, rows] : [rows, columns]
  const turned = new Float32Array(values.length)
  let to = 0
  for (let frame = 0; frame < frames; frame++) {
    for (let row = 0; row < newRows; row++) {
      for (let column = 0; column < newColumns; column++) {
        const across = mirrored ? newColumns - 1 - column : column
        const [fromRow, fromColumn] = origin(quarterTurns, row, across, rows, columns)
        turned[to++] = values[(frame * rows + fromRow) * columns + fromColumn]!
      }
    }
  }
  return {
    ...cine,
    rows: newRows,
    columns: newColumns,
    values: turned,
    spacingMm: spacingMm && lying ? { row: spacingMm.column, column: spacingMm.row } : spacingMm,
  }
}

/** Where a pixel of the turned image lay before. */
function origin(
  quarterTurns: Turn['quarterTurns'],
  row: number,
  column: number,
  rows: number,
  columns: number,
): readonly [row: number, column: number] {
  switch (quarterTurns) {
    case 0:
      return [row, column]
    case 1:
      return [rows - 1 - column, row]
    case 2:
      return [rows - 1 - row, columns - 1 - column]
    case 3:
      return [column, columns - 1 - row]
  }
}
