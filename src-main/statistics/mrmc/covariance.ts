import { refuse } from '../checks.ts'
import type { Matrix } from '../matrix.ts'
import { mean } from '../moments.ts'
import { type ReaderStudy, requireStudy, type StudyShape } from './study.ts'
import { areaOf, pairSums, type Success, successOf, unbiasedCovariance } from './success.ts'

export type CovarianceMethod = 'delong' | 'jackknife' | 'unbiased'

/** Sensitivity and specificity take ratings of 0 and 1 (see `callsOf`). */
export type Metric = 'auc' | 'sensitivity' | 'specificity'

/** Cells are numbered treatment × readers + reader. */
export interface CellEstimates {
  shape: StudyShape
  /** `[treatment][reader]` */
  estimates: number[][]
  /** `[case][cell]` with that case left out; only cases of the class that the metric needs. */
  leaveOneOut: () => number[][]
  /** Covariance of the estimates over the draw of cases, `[cell][cell]`. */
  covariance: (method: CovarianceMethod) => Matrix
}

/**
 * The figure of merit of every reader under every treatment, and how these vary together with the cases.
 *
 * @throws AppError as `requireStudy`; `statistics/not-binary` for calls other than 0 and 1; `statistics/one-class` or
 *         `statistics/too-few-cases` where a cell has no or one case of a class that the metric needs
 */
export function cellEstimates(study: ReaderStudy, metric: Metric): CellEstimates {
  const shape = requireStudy(study)
  return metric === 'auc' ? areaCells(study, shape) : shareCells(study, shape, metric)
}

function areaCells(study: ReaderStudy, shape: StudyShape): CellEstimates {
  const cells = study.ratings.flatMap((treatment, t) => treatment.map((_, r) => successOf(study, t, r)))
  const areas = cells.map((cell, k) => areaOf(cell) ?? oneClass(k, shape))
  const leaveOneOut = (): number[][] => {
    let diseased = 0
    let normal = 0
    return Array.from({ length: shape.cases }, (_, c) => {
      const isDiseased = study.truth[c] === 1
      const index = isDiseased ? diseased++ : normal++
      return cells.map((cell, k) =>
        isDiseased ? withoutDiseased(cell, index, k, shape) : withoutNormal(cell, index, k, shape),
      )
    })
  }
  return {
    shape,
    estimates: byTreatment(areas, shape),
    leaveOneOut,
    covariance: (method) => {
      switch (method) {
        case 'delong':
          if (!shape.complete) {
            refuse('incomplete-design', 'DeLong’s covariance needs every reading; take "unbiased" or "jackknife"')
          }
          return symmetric(cells, (a, b) => delongCell(a, b))
        case 'unbiased':
          return symmetric(cells, (a, b) => unbiasedCovariance(pairSums(a, b)) ?? tooFew(shape))
        case 'jackknife':
          return jackknifeCovariance(leaveOneOut())
        default:
          return method satisfies never
      }
    },
  }
}

function shareCells(study: ReaderStudy, shape: StudyShape, metric: 'sensitivity' | 'specificity'): CellEstimates {
  const group = metric === 'sensitivity' ? 1 : 0
  const own = Array.from({ length: shape.cases }, (_, c) => c).filter((c) => study.truth[c] === group)
  const rows = study.ratings.flat()
  const right = rows.map((row) =>
    own.map((c) => {
      const call = row[c]!
      if (call === null) return null
      if (call !== 0 && call !== 1) refuse('not-binary', `case ${c + 1} has the call ${call}; ${metric} needs 0 or 1`)
      return call === group ? 1 : 0
    }),
  )
  const read = right.map((cell) => cell.filter((value) => value !== null))
  const shares = read.map((values, k) => (values.length === 0 ? oneClass(k, shape) : mean(values)))
  const leaveOneOut = (): number[][] =>
    own.map((_, index) =>
      right.map((cell, k) => {
        const value = cell[index]!
        if (value === null) return shares[k]!
        const n = read[k]!.length
        return n < 2 ? tooFew(shape, k) : (shares[k]! * n - value) / (n - 1)
      }),
    )
  const sampleCovariance = (a: number, b: number): number => {
    const shared = own.map((_, i) => i).filter((i) => right[a]![i] !== null && right[b]![i] !== null)
    if (shared.length < 2) tooFew(shape)
    const x = shared.map((i) => right[a]![i]!)
    const y = shared.map((i) => right[b]![i]!)
    const meanX = mean(x)
    const meanY = mean(y)
    const products = x.reduce<number>((total, value, i) => total + (value - meanX) * (y[i]! - meanY), 0)
    return ((products / (shared.length - 1)) * shared.length) / (read[a]!.length * read[b]!.length)
  }
  return {
    shape,
    estimates: byTreatment(shares, shape),
    leaveOneOut,
    // A share is a mean, for which DeLong's and the unbiased form are the same sample covariance.
    covariance: (method) =>
      method === 'jackknife'
        ? jackknifeCovariance(leaveOneOut())
        : symmetric(
            shares.map((_, k) => k),
            sampleCovariance,
          ),
  }
}

/** ((n − 1)/n) Σ of cross-products over the cases that enter the metric. */
function jackknifeCovariance(leaveOneOut: number[][]): Matrix {
  const n = leaveOneOut.length
  const columns = leaveOneOut[0]!.map((_, k) => leaveOneOut.map((row) => row[k]!))
  const centred = columns.map((column) => {
    const center = mean(column)
    return column.map((value) => value - center)
  })
  return symmetric(centred, (a, b) => (a.reduce((total, value, i) => total + value * b[i]!, 0) * (n - 1)) / n)
}

function delongCell(a: Success, b: Success): number {
  const { diseased, normals } = a
  if (diseased < 2 || normals < 2)
    refuse('too-few-cases', 'a variance over cases needs two diseased and two normal cases')
  const areaA = areaOf(a)!
  const areaB = areaOf(b)!
  let overDiseased = 0
  let overNormals = 0
  for (let d = 0; d < diseased; d++)
    overDiseased += (a.perDiseased[d]! / normals - areaA) * (b.perDiseased[d]! / normals - areaB)
  for (let n = 0; n < normals; n++)
    overNormals += (a.perNormal[n]! / diseased - areaA) * (b.perNormal[n]! / diseased - areaB)
  return overDiseased / (diseased * (diseased - 1)) + overNormals / (normals * (normals - 1))
}

function withoutDiseased(cell: Success, d: number, k: number, shape: StudyShape): number {
  const diseased = cell.diseased - cell.readDiseased[d]!
  return diseased === 0 ? tooFew(shape, k) : (cell.total - cell.perDiseased[d]!) / (diseased * cell.normals)
}

function withoutNormal(cell: Success, n: number, k: number, shape: StudyShape): number {
  const normals = cell.normals - cell.readNormal[n]!
  return normals === 0 ? tooFew(shape, k) : (cell.total - cell.perNormal[n]!) / (cell.diseased * normals)
}

function byTreatment(values: number[], { treatments, readers }: StudyShape): number[][] {
  return Array.from({ length: treatments }, (_, t) => values.slice(t * readers, (t + 1) * readers))
}

function symmetric<T>(items: T[], covariance: (a: T, b: T) => number): Matrix {
  const matrix: Matrix = items.map(() => items.map(() => 0))
  for (const [i, a] of items.entries()) {
    for (const [j, b] of items.slice(0, i + 1).entries()) {
      const value = covariance(a, b)
      matrix[i]![j] = value
      matrix[j]![i] = value
    }
  }
  return matrix
}

function oneClass(cell: number, { readers }: StudyShape): never {
  return refuse(
    'one-class',
    `treatment ${Math.floor(cell / readers) + 1}, reader ${(cell % readers) + 1} has no case of one class`,
  )
}

function tooFew({ readers }: StudyShape, cell?: number): never {
  const where =
    cell === undefined ? 'two cells' : `treatment ${Math.floor(cell / readers) + 1}, reader ${(cell % readers) + 1}`
  return refuse('too-few-cases', `${where}: too few cases of a class for a variance over cases`)
}
