import type { AppDescription, RecordingEntry, Reply } from '../../../src-preload/contract/index.ts'
import type { DiseaseResult, PhenotypeResult } from '../../../src-preload/contract/screening.ts'
import type { SiteSettings } from '../../../src-preload/contract/settings.ts'
import type { FakeDrawing } from './fake-drawing.ts'
import type { RawRecord } from './wfdb-16.ts'

export interface FakeData {
  description: AppDescription
  settings: SiteSettings
  diseases: DiseaseResult[]
  phenotypes: PhenotypeResult[]
  /** By the start of a file's name; else the first. */
  records: { name: string; raw: RawRecord }[]
  /** Recordings at the start. */
  seeded: number
  stepMs: number
}

/**
 * Puts a stand-in of `window.api` into the page. There it runs: it may use nothing from outside.
 *
 * Names decide: `*.txt` is refused, `flat*` is read and refused for screening, `broken*` fails in screening.
 */
export function installFakeApi(data: FakeData): void {
  const entries = new Map<string, RecordingEntry & { raw: RawRecord }>()
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const cancelled = new Set<string>()
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const emit = (event: string, payload: unknown): void => {
    for (const tell of listeners.get(event) ?? []) tell(payload)
  }
  const fail = (code: string, message: string): never => {
    throw Object.assign(new Error(message), { code })
  }

  function decode(raw: RawRecord): Float32Array[] {
    const text = atob(raw.base64)
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const values = new Int16Array(bytes.buffer)
    const count = Math.floor(values.length / raw.names.length)
    return raw.names.map((_, lead) =>
      Float32Array.from({ length: count }, (_unused, index) => values[index * raw.names.length + lead]! / raw.gain),
    )
  }

  function makeEntry(file: string): RecordingEntry & { raw: RawRecord } {
    const { raw } = data.records.find(({ name }) => file.startsWith(name)) ?? data.records[0]!
    const sampleCount = Math.floor((raw.base64.length * 3) / 4 / 2 / raw.names.length)
    const durationS = sampleCount / raw.rateHz
    const flat = file.startsWith('flat')
    return {
      id: crypto.randomUUID() as RecordingEntry['id'],
      file,
      sha256: 'ab'.repeat(32),
      ecg: {
        format: 'wfdb',
        rateHz: raw.rateHz,
        sampleCount,
        durationS,
        units: `gain ${raw.gain} adu/mV in the header`,
        rateSource: 'in the WFDB header',
        leadSource: 'signal names in the WFDB header',
        answered: [],
        leads: raw.names,
        derivedLeads: file.includes('derived') ? ['III', 'aVR', 'aVL', 'aVF'] : [],
        patient: { id: '06000', sex: 'female', ageYears: 64 },
        startTime: '2026-01-12T08:41:00',
        heartRateBpm: 71,
        warnings: file.startsWith('warned')
          ? [{ code: 'wfdb/checksum', message: 'The checksum of V3 does not match its samples.' }]
          : [],
      },
      window: flat ? null : { startS: durationS > 11 ? 12 : 0, durationS: Math.min(10, durationS) },
      refusal: flat
        ? { code: 'quality/lead-flat', message: 'V3 is flat (0.00 mV for 10 s). Check the electrode and record again.' }
        : null,
      patient: null,
      mismatches: [],
      importedAt: '2026-01-12T09:00:00.000Z',
      importedBy: 'Test Physician',
      screening: null,
      screenings: [],
      raw,
    }
  }

  function screen(entry: RecordingEntry): NonNullable<RecordingEntry['screening']> {
    const { id, version, trained, sha256 } = data.description.pack!
    return {
      ecg: { ...entry.ecg, window: entry.window! },
      pack: { id, version, trained, sha256 },
      provider: 'cpu',
      diseases: data.diseases,
      subtypes: [
        { id: 'dcm', probability: 0.62 },
        { id: 'hcm', probability: 0.29 },
        { id: 'rcm', probability: 0.09 },
      ],
      phenotypes: data.phenotypes,
      familiarity: { distance: 1.02, level: 'similar' },
      marks: [
        { code: 'pack/development-key', message: 'The pack is signed with a development key.' },
        ...(trained ? [] : [{ code: 'pack/untrained', message: 'Untrained weights: the numbers mean nothing.' }]),
      ],
      timingsMs: { encode: 11, total: 23 },
    }
  }

  const publish = (entry: RecordingEntry & { raw: RawRecord }): RecordingEntry => {
    const copy: Partial<RecordingEntry & { raw: RawRecord }> = { ...entry }
    delete copy.raw
    return copy as RecordingEntry
  }
  type Input = Record<string, never> & {
    recordingId: string
    cineId: string
    seed: number
    sampler: 'ddim25' | 'ddpm100'
  }

  const person = {
    id: '0198c6a0-0000-7000-8000-000000000001',
    loginName: 'test',
    displayName: 'Test Physician',
    roles: ['administrator', 'operator', 'reviewer'] as const,
  }
  let access: object = {
    state: 'open',
    person,
    lockedPerson: null,
    idleLockMinutes: 10,
    viewOnly: false,
    demonstration: false,
  }
  const toRow = (entry: RecordingEntry): object => ({
    id: entry.id,
    file: entry.file,
    patient: null,
    fromFile: entry.ecg.patient ?? null,
    recordedAt: entry.ecg.startTime ?? null,
    importedAt: entry.importedAt,
    heartRateBpm: entry.ecg.heartRateBpm,
    quality: null,
    warnings: entry.ecg.warnings,
    refusal: entry.refusal,
    diseases: entry.screening?.diseases ?? null,
    doubtful: false,
    state: entry.screening ? 'draft' : entry.refusal ? 'refused' : 'unscreened',
  })

  const handlers: Record<string, (input: Input) => unknown> = {
    'app:describe': () => data.description,
    'access:describe': () => access,
    'access:lock': () => (access = { ...access, state: 'locked', person: null, lockedPerson: person }),
    'access:sign-in': () => (access = { ...access, state: 'open', person, lockedPerson: null }),
    'session:report-activity': () => undefined,
    'settings:read': () => data.settings,
    'session:keep-draft': () => undefined,
    'session:read-draft': () => ({ draft: null }),
    'session:drop-draft': () => undefined,
    'patients:propose': () => ({ fromFile: null, rows: [] }),
    'patients:search': () => ({ total: 0, more: false, rows: [] }),
    'recordings:read': ({ recordingId }) => publish(entries.get(recordingId)!),
    'worklist:list-views': () => [],
    'worklist:count': () => ({
      all: entries.size,
      today: 0,
      unassigned: entries.size,
      unscreened: [...entries.values()].filter((entry) => !entry.screening && !entry.refusal).length,
      waiting: 0,
      positive: 0,
      refused: 0,
    }),
    'worklist:query': (input) => {
      const { filter, offset, limit } = input as unknown as { filter: { text: string }; offset: number; limit: number }
      const found = [...entries.values()].toReversed().filter((entry) => entry.file.includes(filter.text))
      return { total: found.length, rows: found.slice(offset, offset + limit).map(toRow) }
    },
    'ecg:import-files': async (input) => {
      const files = input.files as unknown as { name: string; bytes: Uint8Array }[]
      const mains = files.filter(({ name }) => !/\.(dat|mat|xyz)$/.test(name))
      const outcomes = []
      for (const [index, { name }] of mains.entries()) {
        await wait(data.stepMs)
        emit('import:progress', { done: index + 1, of: mains.length })
        if (name.endsWith('.txt')) {
          const message = 'The file begins with plain text and names no leads. Export it as WFDB, DICOM or MUSE XML.'
          outcomes.push({ ok: false, file: name, error: { code: 'format/unknown', message } })
          continue
        }
        const entry = makeEntry(name)
        entries.set(entry.id, entry)
        outcomes.push({ ok: true, file: name, recording: publish(entry), ecg: entry.ecg, known: false })
      }
      return outcomes
    },
    'ecg:read-waveform': ({ recordingId }) => {
      const { raw, window, ecg } = entries.get(recordingId)!
      return {
        rateHz: raw.rateHz,
        window,
        leads: decode(raw).map((samplesMv, index) => ({
          name: raw.names[index],
          derived: ecg.derivedLeads.some((name) => name === raw.names[index]),
          samplesMv,
        })),
      }
    },
    'ecg:measure': ({ recordingId }) => {
      const { raw } = entries.get(recordingId)!
      const unknown = { value: null, reason: 'low-amplitude' }
      const names = ['heartRateBpm', 'rrMs', 'pMs', 'prMs', 'qrsMs', 'qtMs', 'qtcBazettMs', 'qtcFridericiaMs', 'qtcFraminghamMs', 'qtcHodgesMs', 'pAxisDegrees', 'qrsAxisDegrees', 'tAxisDegrees'] // prettier-ignore
      return {
        measurements: {
          ours: { ...Object.fromEntries(names.map((name) => [name, unknown])), heartRateBpm: { value: 71 } },
          device: { values: {}, statements: [] },
          fiducials: {
            pOnsetMs: -160,
            pOffsetMs: -60,
            qrsOnsetMs: -40,
            qrsOffsetMs: 50,
            tPeakMs: 250,
            tOffsetMs: 320,
          },
          beats: { found: 12, used: 11 },
        },
        medianBeat: {
          rateHz: raw.rateHz,
          rIndex: Math.round(0.4 * raw.rateHz),
          leads: decode(raw).map((samplesMv, index) => ({
            name: raw.names[index],
            samplesMv: samplesMv.slice(raw.rateHz, Math.round(2 * raw.rateHz)),
          })),
        },
        rPeaksS: [0.6, 1.4, 2.2],
      }
    },
    'screening:run': async ({ recordingId }) => {
      await wait(data.stepMs)
      const entry = entries.get(recordingId)!
      if (entry.file.startsWith('broken')) return fail('inference/failed', 'The inference process ended. Try again.')
      entry.screening = screen(entry)
      return publish(entry)
    },
    'cine:generate': async ({ cineId, recordingId, seed, sampler }) => {
      for (let step = 1; step <= 16; step++) {
        await wait(data.stepMs)
        if (cancelled.has(cineId)) return fail('cine/cancelled', 'Cancelled.')
        emit('cine:progress', { cineId, step, of: 16 })
      }
      return {
        id: cineId,
        recordingId,
        origin: { kind: 'seed' },
        phases: { endDiastole: 0, endSystole: null, reason: 'small-change', curve: null },
        frames: 50,
        width: 384,
        height: 384,
        pixels: (window as unknown as FakeDrawing).drawCine(384, 384),
        cycleMs: 850,
        seed,
        sampler,
        provider: 'cpu',
        timingsMs: { total: 940 },
      }
    },
    'cine:cancel': ({ cineId }) => void cancelled.add(cineId),
    'models:choose-provider': () => undefined,
    'models:examine-providers': async () => {
      await wait(data.stepMs)
      return [
        {
          provider: 'cpu',
          available: true,
          parity: { ok: true, maxAbsoluteError: 2.4e-6 },
          screeningMs: 21,
          message: '4 threads',
        },
        {
          provider: 'webgpu',
          available: true,
          parity: { ok: false, maxAbsoluteError: 0.031 },
          screeningMs: 14,
          message: 'Not used: its outputs differ from the reference.',
        },
        { provider: 'cuda', available: false, parity: null, screeningMs: null, message: 'No such device was found.' },
      ]
    },
  }

  for (let index = 0; index < data.seeded; index++) {
    const kind = index % 7 === 5 ? 'flat' : index % 5 === 3 ? 'warned' : 'HR'
    const entry = makeEntry(`${kind}${String(6000 + index).padStart(5, '0')}.hea`)
    if (!entry.refusal && index % 4 !== 1) entry.screening = screen(entry)
    entries.set(entry.id, entry)
  }

  const api = {
    async call(channel: string, input: Input): Promise<Reply<unknown>> {
      try {
        return { ok: true, value: await handlers[channel]!(input) }
      } catch (error) {
        const { code = 'app/internal', message } = error as { code?: string; message: string }
        return { ok: false, error: { code, message } }
      }
    },
    on(event: string, listener: (payload: unknown) => void): () => void {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => void set.delete(listener)
    },
  }
  Object.defineProperty(window, 'api', { value: api })
}
