import { join } from 'node:path'

/** The repository's top folder. */
export const repositoryDir = join(import.meta.dirname, '..')

/** A path in the repository. */
export const inRepository = (...parts: string[]): string => join(repositoryDir, ...parts)
