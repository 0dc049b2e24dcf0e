import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { MANIFEST_SCHEMA_VERSION, ModelManifest } from '../../../src-preload/contract/manifest.ts'
import { checkSchedule } from '../generator/schedule.ts'
import { checkGraphInterfaces } from './graph-interface.ts'

/**
 * Parses the signed bytes of `manifest.json` and checks what no single field shows: references between parts, order of
 * fields, the decoding schedule, the inputs and outputs that this application feeds and reads.
 *
 * @throws AppError `pack/manifest-invalid`, `pack/schema-newer`, `pack/app-too-old`, `pack/shape-mismatch`
 */
export function parseManifest(bytes: Uint8Array, appVersion: string): ModelManifest {
  const raw = parseJson(bytes)
  const schema = (raw as { schema?: unknown } | null)?.schema
  if (typeof schema === 'number' && schema > MANIFEST_SCHEMA_VERSION) {
    throw new AppError(
      'pack/schema-newer',
      `The model pack has manifest schema ${schema}; this application reads up to ${MANIFEST_SCHEMA_VERSION}. Update the application.`,
    )
  }
  const parsed = ModelManifest.safeParse(raw)
  if (!parsed.success) {
    // A long list of issues helps nobody: the first ones name the place.
    const issues = parsed.error.issues.slice(0, 3).map((issue) => z.prettifyError({ issues: [issue] } as z.ZodError))
    throw invalid(issues.join('; ').replace(/\s+/g, ' '))
  }
  const manifest = parsed.data
  if (compareVersions(appVersion, manifest.minimumAppVersion) < 0) {
    throw new AppError(
      'pack/app-too-old',
      `The model pack ${manifest.id} ${manifest.version} needs CardioNets ${manifest.minimumAppVersion} or newer; this is ${appVersion}. Update the application.`,
    )
  }
  checkReferences(manifest)
  checkSchedule(manifest.generator.schedule, manifest.generator.tokens)
  checkGraphInterfaces(manifest)
  return manifest
}

function checkReferences(manifest: ModelManifest): void {
  const { graphs, files, generator, phenotypes, diseases, subtypes } = manifest
  const paths = files.map(({ path }) => path)
  if (new Set(paths).size !== paths.length) throw invalid('files: a path is listed twice')
  for (const name of ['manifest.json', 'manifest.sig']) {
    if (paths.includes(name)) throw invalid(`files: ${name} cannot list itself`)
  }
  for (const path of ['golden.json', ...Object.values(graphs).map(({ file }) => file)]) {
    if (!paths.includes(path)) throw invalid(`files: ${path} is used but not listed`)
  }
  if (!generator.samplers.includes(generator.defaultSampler)) throw invalid('generator.defaultSampler is no sampler')
  for (const [index, { field }] of phenotypes.entries()) {
    if (field !== 24100 + index) throw invalid(`phenotypes: field ${field} at place ${index + 1} of 24100 to 24181`)
  }
  for (const { phenotype, feature, steps, read } of generator.directions ?? []) {
    const rising = steps.every((step, index) => index === 0 || step > steps[index - 1]!)
    const known = phenotypes.some(({ id }) => id === phenotype)
    if (!known || feature.length !== generator.featureWidth || steps.length !== read.length || !rising) {
      throw invalid(`generator.directions: that of ${phenotype} fits neither its phenotypes nor its feature`)
    }
  }
  if (new Set(diseases.map(({ id }) => id)).size !== diseases.length) throw invalid('diseases: an id occurs twice')
  if (new Set(subtypes.map(({ id }) => id)).size !== subtypes.length) throw invalid('subtypes: an id occurs twice')
  for (const { id, calibration } of diseases) {
    if (calibration.kind !== 'isotonic') continue
    const { logits, probabilities } = calibration
    const rising = logits.every((logit, index) => index === 0 || logit > logits[index - 1]!)
    const monotone = probabilities.every((value, index) => index === 0 || value >= probabilities[index - 1]!)
    if (logits.length !== probabilities.length || !rising || !monotone) {
      throw invalid(`diseases: the isotonic knots of ${id} are not a rising curve`)
    }
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('pack/manifest-invalid', 'manifest.json of the model pack is no JSON. Get the pack again.', {
      cause,
    })
  }
}

function invalid(found: string): AppError {
  return new AppError(
    'pack/manifest-invalid',
    `manifest.json of the model pack does not follow its schema: ${found}. Get a corrected pack from its maker.`,
  )
}

/** Compares `major.minor.patch`; a pre-release suffix of the application's own version counts as the release. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('-')[0]!.split('.').map(Number))
  for (let index = 0; index < 3; index++) {
    const difference = (left![index] ?? 0) - (right![index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
