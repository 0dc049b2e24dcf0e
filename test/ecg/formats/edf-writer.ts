/** One signal of a made-up EDF or BDF file; digital numbers, one list for each data record. */
export interface WrittenSignal {
  label: string
  unit?: string
  physical?: readonly [string, string]
  digital?: readonly [string, string]
  records: readonly (readonly number[])[] | readonly string[]
}

export interface WrittenEdf {
  kind?: 'EDF' | 'BDF'
  signals: readonly WrittenSignal[]
  recordCount?: number
  durationS?: string
  patient?: string
  recording?: string
  startDate?: string
  reserved?: string
}

/** The bytes of an EDF or BDF file as the specification of 1992 lays them out. */
export function writeEdf(file: WrittenEdf): Buffer {
  const { kind = 'EDF', signals } = file
  const width = kind === 'EDF' ? 2 : 3
  const field = (text: string, length: number): Buffer => Buffer.from(text.padEnd(length).slice(0, length), 'latin1')
  const all = (length: number, of: (signal: WrittenSignal) => string): Buffer =>
    Buffer.concat(signals.map((signal) => field(of(signal), length)))
  const samplesOf = ({ records }: WrittenSignal): number => {
    const first = records[0] ?? []
    return typeof first === 'string' ? Math.ceil(first.length / width) : first.length
  }
  const count = Math.max(...signals.map(({ records }) => records.length))
  const header = [
    kind === 'EDF' ? field('0', 8) : Buffer.from('\xffBIOSEMI', 'latin1'),
    field(file.patient ?? '', 80),
    field(file.recording ?? '', 80),
    field(file.startDate ?? '01.02.03', 8),
    field('04.05.06', 8),
    field(String(256 * (signals.length + 1)), 8),
    field(file.reserved ?? '', 44),
    field(String(file.recordCount ?? count), 8),
    field(file.durationS ?? '1', 8),
    field(String(signals.length), 4),
    all(16, ({ label }) => label),
    all(80, () => ''),
    all(8, ({ unit }) => unit ?? 'uV'),
    all(8, ({ physical }) => physical?.[0] ?? '-32768'),
    all(8, ({ physical }) => physical?.[1] ?? '32767'),
    all(8, ({ digital }) => digital?.[0] ?? '-32768'),
    all(8, ({ digital }) => digital?.[1] ?? '32767'),
    all(80, () => ''),
    all(8, (signal) => String(samplesOf(signal))),
    all(32, () => ''),
  ]
  const data = Array.from({ length: count }, (_, record) => signals.map(({ records }) => pack(records[record]!, width)))
  return Buffer.concat([...header, ...data.flat()])
}

function pack(record: readonly number[] | string, width: number): Buffer {
  if (typeof record === 'string') return Buffer.from(record.padEnd(Math.ceil(record.length / width) * width, '\0'))
  const bytes = Buffer.alloc(record.length * width)
  for (const [index, value] of record.entries()) bytes.writeIntLE(value, index * width, width)
  return bytes
}
