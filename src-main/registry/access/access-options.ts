import type { RegistryEnvironment } from '../environment.ts'
import type { StretchParameters } from './password-key.ts'

export interface AccessOptions {
  /** The workspace folder; empty where nothing is kept (a command without `--workspace`). */
  readonly workspace: string
  readonly environment?: RegistryEnvironment
  /** How passwords are stretched from now on. */
  readonly parameters?: StretchParameters
}

export interface NewAdministrator {
  readonly loginName: string
  readonly displayName: string
  readonly password: string
}
