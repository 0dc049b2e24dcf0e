import { AppError, type RecordingId, type ScreeningId } from '../../../src-preload/contract/index.ts'
import { GENERATED_MARK, type ExportKind } from '../../../src-preload/contract/constants.ts'
import { encodeGif } from '../../screening/cine/gif.ts'
import { markCine, markFrame } from '../../screening/cine/mark.ts'
import { greyPng } from '../../screening/cine/png.ts'
import { describePack } from '../describe-pack.ts'
import type { Handlers } from '../dispatch.ts'
import { findingsCsv, findingsJson } from '../reports/findings-files.ts'
import { makeReport } from '../reports/make-report.ts'
import { recordOfRegistry } from '../reports/registry-record.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `report:${string}`>

/** `report:*` — what leaves the registry. Every export is in the trail before its bytes are handed over. */
export function reportHandlers(services: Services): Pick<Handlers, Channels> {
  function note(
    kind: ExportKind,
    subject: { recordingId: RecordingId; screeningId: ScreeningId | null },
    facts: Record<string, unknown> = {},
  ): void {
    const { recordingId, screeningId } = subject
    services.access.registry().change(services.access.actor(), (change) =>
      change.audit({
        action: 'report:export',
        kind: screeningId === null ? 'recording' : 'screening',
        id: screeningId ?? recordingId,
        after: { recordingId, export: kind, ...facts },
      }),
    )
  }

  return {
    'report:make': (request) => makeReport(services, request),
    async 'report:export-findings'({ recordingId, screeningId, format }) {
      const pack = (await services.packError()) ? null : describePack(await services.engine())
      const record = recordOfRegistry(services.access.registry(), { recordingId, screeningId }, pack, null)
      const { outcome } = record
      if (outcome.kind !== 'screened') throw new AppError('screening/unknown', 'This screening is not in the registry.')
      const text = format === 'csv' ? findingsCsv(record, outcome) : findingsJson(record, outcome)
      note(format === 'csv' ? 'findings-csv' : 'findings-json', { recordingId, screeningId })
      return { fileName: `findings-${screeningId.slice(0, 13)}.${format}`, content: new TextEncoder().encode(text) }
    },
    'report:export-cine'({ cineId, frame }) {
      const { values, facts } = services.cines.generated(cineId)
      const { recordingId, seed, cycleMs } = facts
      const stem = `cine-${recordingId.slice(0, 13)}-seed-${seed}`
      note(frame === null ? 'cine-gif' : 'cine-frame', { recordingId, screeningId: null }, { seed, frame })
      return frame === null
        ? { fileName: `${stem}.ai-generated.gif`, content: encodeGif(markCine(values), cycleMs) }
        : {
            fileName: `${stem}-frame-${frame + 1}.ai-generated.png`,
            content: greyPng(markFrame(values, frame), GENERATED_MARK),
          }
    },
    'report:note-export': ({ kind, sha256, ...subject }) => note(kind, subject, { sha256 }),
  }
}
