import { readFileSync } from 'node:fs'

/** Whether the memory of another process can be seen from here. */
export const seesProcessMemory = process.platform === 'linux'

/** Resident memory of a process in bytes, or undefined where it has ended. Linux only. */
export function residentBytes(pid: number): number | undefined {
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}
