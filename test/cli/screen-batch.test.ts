import { describe, expect, it } from 'vitest'
import { AppError } from '../../src-preload/contract/index.ts'
import { batches } from '../../src-main/app/batches.ts'
import { startBatches } from '../../src-main/cli/screen-batch.ts'
import type { ReadFile } from '../../src-main/cli/read-files.ts'
import type { Engine } from '../../src-main/inference/engine.ts'

const REFUSAL = { code: 'format/unknown', message: 'no ECG' }

/** Refused files without end; counts what was read, and whether reading was ended. */
function endlessFiles() {
  const seen = { read: 0, ended: false }
  async function* files(): AsyncGenerator<ReadFile> {
    try {
      for (;;) {
        seen.read += 1
        yield { path: `${seen.read}`, reply: { ok: false, error: REFUSAL }, sha256: undefined, readMs: 0 }
      }
    } finally {
      seen.ended = true
    }
  }
  return { seen, files: files() }
}

describe('the files of a folder', () => {
  it('are read ahead while the engine gets ready, and no farther', async () => {
    const { seen, files } = endlessFiles()
    const { promise, resolve } = Promise.withResolvers<Engine>()
    const started = startBatches(promise, batches(files, 8, 64))
    const first = started.next()
    await new Promise((done) => setTimeout(done, 50))
    expect(seen.read).toBeGreaterThanOrEqual(64)
    expect(seen.read).toBeLessThanOrEqual(64 + 8)
    resolve({} as Engine)
    expect((await first).value?.items[0]).toMatchObject({ refused: { file: '1', status: 'refused', error: REFUSAL } })
    await started.return(undefined)
    expect(seen.ended).toBe(true)
  })

  it('are not read on where the engine does not get ready', async () => {
    const { seen, files } = endlessFiles()
    const refused = new AppError('pack/hash-mismatch', 'The pack was changed.')
    const started = startBatches(Promise.reject(refused), batches(files, 8, 64))
    await expect(started.next()).rejects.toBe(refused)
    expect(seen.ended).toBe(true)
  })
})
