import type { Arm } from '../../src-preload/contract/study-protocol.ts'
import { APP_VERSION } from '../app/version.ts'
import { analysisText } from '../reader-study/analysis/analyse.ts'
import { analyseBundle, bundleFiles, readBundle } from '../reader-study/bundle/bundle-files.ts'
import { verifyBundle } from '../reader-study/bundle/verify.ts'
import { simulateStudy } from '../reader-study/simulation/simulate.ts'
import { ExitCode, oneOf, parseArguments, UsageError, wholeNumber } from './arguments.ts'
import { readStudyBundle, writeStudyBundle } from './study-bundle.ts'

/** `cardionets study verify|analyse|simulate`. */
export async function study(args: readonly string[]): Promise<number> {
  const [action, ...rest] = args
  switch (action) {
    case 'verify':
      return verify(rest)
    case 'analyse':
      return analyse(rest)
    case 'simulate':
      return simulate(rest)
    default:
      throw new UsageError(`"study" takes verify, analyse or simulate; got "${action ?? ''}".`)
  }
}

function verify(args: readonly string[]): number {
  const { values, positionals } = parseArguments(args, { commitment: { type: 'string' } })
  const path = oneBundle('verify', positionals)
  const files = readStudyBundle(path)
  const checks = verifyBundle(files, values.commitment?.trim().toLowerCase())
  const ok = checks.every((check) => check.ok)
  console.log(JSON.stringify({ path, ok, commitment: readBundle(files).commitment.sha256, checks }))
  return ok ? ExitCode.done : ExitCode.someRefused
}

function analyse(args: readonly string[]): number {
  process.stdout.write(
    analysisText(analyseBundle(readStudyBundle(oneBundle('analyse', parseArguments(args, {}).positionals)))),
  )
  return ExitCode.done
}

function oneBundle(action: string, positionals: readonly string[]): string {
  const [path] = positionals
  if (path === undefined || positionals.length > 1)
    throw new UsageError(`"study ${action}" takes one bundle: its ZIP file or its folder.`)
  return path
}

function simulate(args: readonly string[]): number {
  const { values, positionals } = parseArguments(args, {
    readers: { type: 'string', default: '6' },
    cases: { type: 'string', default: '111' },
    prevalence: { type: 'string', default: String(77 / 111) },
    auc: { type: 'string', multiple: true },
    'model-auc': { type: 'string', default: '0.85' },
    'tell-accuracy': { type: 'string', default: '0.5' },
    design: { type: 'string', default: 'article' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`"study simulate" takes no file; got "${positionals[0]}".`)
  if (values.out === undefined) throw new UsageError('"study simulate" needs --out BUNDLE.')
  const record = simulateStudy({
    readers: wholeNumber('readers', values.readers, 2, 100),
    cases: wholeNumber('cases', values.cases, 10, 2000),
    prevalence: share('prevalence', values.prevalence),
    areas: areasOf(values.auc ?? ['0.75,0.8,0.85']),
    modelAuc: values['model-auc'] === 'none' ? null : share('model-auc', values['model-auc']),
    tellAccuracy: share('tell-accuracy', values['tell-accuracy']),
    design: oneOf('design', values.design, ['article', 'williams']),
    seed: wholeNumber('seed', values.seed, 0, 0xffffffff),
    appVersion: APP_VERSION,
  })
  writeStudyBundle(values.out, bundleFiles(record))
  console.log(JSON.stringify({ path: values.out, status: 'done', reads: record.reads.length }))
  return ExitCode.done
}

/** One area for all arms; two for ECG and ECG + cine of either kind; or three for ECG, ECG + real, ECG + generated. */
function areasOf(given: readonly string[]): Map<Arm, number> {
  const values = given.flatMap((text) => text.split(/[\s,]+/).filter(Boolean)).map((text) => share('auc', text))
  const [ecg, second, third] = values
  if (ecg === undefined || values.length > 3)
    throw new UsageError('--auc takes one to three areas: ECG, ECG + real, ECG + generated.')
  return new Map<Arm, number>([
    ['ecg', ecg],
    ['ecg-real', second ?? ecg],
    ['ecg-generated', third ?? second ?? ecg],
  ])
}

function share(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < 1)) throw new UsageError(`--${name} takes a number between 0 and 1; got "${text}".`)
  return value
}
