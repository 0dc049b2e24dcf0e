import type { PictureProbe } from '../../../src-preload/contract/picture-probes.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { probeBattery } from '../../reader-study/cases/probe-battery.ts'
import { probeCine } from '../../reader-study/cases/probe-cine.ts'
import type { Registry } from '../../registry/registry.ts'
import { listCases, type StoredCase } from '../../registry/studies/study-cases.ts'
import { getStudy, protocolOf } from '../../registry/studies/studies.ts'

/** The battery over the prepared cases of a draft. */
export async function probePictures(registry: Registry, studyId: string): Promise<PictureProbe[]> {
  const protocol = protocolOf(registry.db, getStudy(registry.db, studyId))
  return probeCases(registry, protocol, listCases(registry.db, studyId))
}

/** Training cases are left out: what they give away, the reader is told anyway. */
export async function probeCases(
  registry: Registry,
  protocol: StudyProtocol,
  cases: readonly StoredCase[],
): Promise<PictureProbe[]> {
  const training = new Set(protocol.cases.flatMap((one) => (one.training ? [one.caseId] : [])))
  const real: number[][] = []
  const generated: number[][] = []
  for (const one of cases) {
    if (training.has(one.caseId)) continue
    if (one.realBlob) real.push(probeCine(Uint8Array.from(registry.blobs.get(one.realBlob))))
    if (one.generatedBlob) generated.push(probeCine(Uint8Array.from(registry.blobs.get(one.generatedBlob))))
    // Some hundred cines take seconds: the window stays answered in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return probeBattery(protocol, real, generated)
}
