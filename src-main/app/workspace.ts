import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../src-preload/contract/index.ts'
import { writeDurably } from '../registry/blobs/write-durably.ts'
import { makeFolder } from './make-folder.ts'

/** Raised when a later version cannot read what an earlier one wrote. 1: no registry yet; 2: with a registry. */
const WORKSPACE_SCHEMA = 2
const WITHOUT_REGISTRY = 1
const MARKER = 'workspace.json'
const README_FILE = 'README.txt'

const Marker = z.object({ schema: z.int().positive() })

const README = `This folder belongs to CardioNets Desktop: what the application keeps on this computer lies here.
Only your own account may read it. Do not edit or move single files; back up the whole folder.
`

/**
 * Where the workspace lies unless `--workspace DIR` says otherwise.
 *
 * - Linux: `$XDG_DATA_HOME/CardioNets`, else `~/.local/share/CardioNets`
 * - macOS: `~/Library/Application Support/CardioNets`
 * - Windows: `%LOCALAPPDATA%\CardioNets`: the local, not the roaming profile, which is copied over the network
 */
export function defaultWorkspace(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'CardioNets')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'CardioNets')
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'CardioNets')
}

/**
 * Opens the workspace, or makes it at the first start: readable by its owner only, with a marker and a short README.
 *
 * @returns the absolute path
 * @throws AppError `workspace/not-a-folder`, `workspace/not-ours` (a folder with other things in it),
 *   `workspace/damaged`, `workspace/schema-newer`, `workspace/not-writable`
 */
export function openWorkspace(directory: string = defaultWorkspace()): string {
  const path = resolve(directory)
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new AppError('workspace/not-a-folder', `${path} is a file. Name a folder with --workspace.`)
    }
    makeFolder(path, 0o700)
    const names = readdirSync(path)
    if (names.includes(MARKER)) checkMarker(path)
    else if (names.length > 0 && !isCutOff(path, names)) throw notOurs(path)
    else create(path)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('workspace/not-writable', sentenceFor(path, error as NodeJS.ErrnoException), { cause: error })
  }
  return path
}

/**
 * Notes that a workspace has a registry, before it has: a version that knows no registry refuses the folder from here
 * on instead of working beside it.
 */
export function markRegistry(path: string): void {
  writeDurably(join(path, MARKER), Buffer.from(markerOf(WORKSPACE_SCHEMA)))
}

const markerOf = (schema: number): string => JSON.stringify({ schema }) + '\n'

/** What a first start leaves that was cut off: the beginning of the README, the marker on its way to its name. */
function isCutOff(path: string, names: readonly string[]): boolean {
  if (names.some((name) => name !== README_FILE && name !== `${MARKER}.tmp`)) return false
  return !names.includes(README_FILE) || README.startsWith(readFileSync(join(path, README_FILE), 'utf8'))
}

function create(path: string): void {
  // An existing empty folder may have been made with wider permissions.
  chmodSync(path, 0o700)
  writeFileSync(join(path, README_FILE), README, { mode: 0o600 })
  // The marker comes last: a first start that was cut off before it leaves nothing that would be taken for a workspace.
  writeDurably(join(path, MARKER), Buffer.from(markerOf(WITHOUT_REGISTRY)))
}

function checkMarker(path: string): void {
  const { schema } = readMarker(path)
  if (schema > WORKSPACE_SCHEMA) {
    throw new AppError(
      'workspace/schema-newer',
      `${path} was written by a newer version (schema ${schema}, this version reads ${WORKSPACE_SCHEMA}). ` +
        'Start that version, or name another folder with --workspace.',
    )
  }
}

function readMarker(path: string): z.infer<typeof Marker> {
  const text = readFileSync(join(path, MARKER), 'utf8')
  try {
    return Marker.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError(
      'workspace/damaged',
      `${join(path, MARKER)} cannot be read as {"schema": ${WORKSPACE_SCHEMA}}. Restore it from a backup, ` +
        'or name another folder with --workspace.',
      { cause },
    )
  }
}

function notOurs(path: string): AppError {
  return new AppError(
    'workspace/not-ours',
    `${path} holds other files and no ${MARKER}. Name an empty or a new folder with --workspace.`,
  )
}

function sentenceFor(path: string, { code }: NodeJS.ErrnoException): string {
  return `The workspace ${path} cannot be opened or made (${code ?? 'unknown error'}). Check its permissions, or name another folder with --workspace.`
}
