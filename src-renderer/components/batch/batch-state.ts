import type { BatchSummary } from '../../contract.ts'

/** Key of the word for where a batch stands. */
export function batchStateKey({ kind, state, working }: Pick<BatchSummary, 'kind' | 'state' | 'working'>): string {
  if (state !== 'running' && state !== 'listing') return `batch.states.${state}`
  if (!working) return 'batch.interrupted'
  return kind === 'watch' && state === 'running' ? 'batch.watching' : `batch.states.${state}`
}
