import { expect, it } from 'vitest'
import { RunningJobs } from '../../src-main/app/running-jobs.ts'

it('refuses a job that is under way in the words of whose it is, cancels it, and lets it begin again', async () => {
  const jobs = new RunningJobs<'export'>({ code: 'export/running', message: 'An export is under way already. Wait.' })
  const first = jobs.run('export', async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return signal.aborted
  })
  await expect(jobs.run('export', async () => 0)).rejects.toMatchObject({ code: 'export/running', message: 'An export is under way already. Wait.' }) // prettier-ignore
  jobs.cancel('export')
  expect(await first).toBe(true)
  expect(await jobs.run('export', async () => 'again')).toBe('again')
  jobs.cancel('export')
})
