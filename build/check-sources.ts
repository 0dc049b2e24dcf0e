/** Part of `npm run check`: holds every source file against the rules of checks/source-rules.ts. */
import { readdirSync, readFileSync } from 'node:fs'
import { problemsOf } from './checks/source-rules.ts'
import { inRepository } from './repository.ts'

const folders = ['src-main', 'src-preload', 'src-renderer', 'build', 'test', 'models/training']
const skipped = /(^|\/)(node_modules|cache|fixtures|__pycache__|runs|\.venv|[^/]*\.egg-info)(\/|$)/
const sources = /\.(ts|vue|css|html|mjs|cjs|js|py)$/

// The rules and their test name what they forbid.
const own = /^(build\/checks\/source-rules|test\/build\/(source|import)-rules\.test)\.ts$/

const problems = folders
  .flatMap(listSources)
  .flatMap((path) => problemsOf(path, readFileSync(inRepository(path), 'utf8')))
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1

function listSources(folder: string): string[] {
  return readdirSync(inRepository(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (skipped.test(path)) return []
    if (entry.isDirectory()) return listSources(path)
    return sources.test(path) && !own.test(path) ? [path] : []
  })
}
