import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crcCcitt } from '../../src-main/ecg/formats/crc-ccitt.ts'
import { aecgXml, TIME_ABSOLUTE } from '../ecg/formats/aecg-writer.ts'
import { lead, waveformObject } from '../ecg/formats/dicom-sample.ts'
import { writeDicom, type Syntax } from '../ecg/formats/dicom-writer.ts'
import { writeEdf } from '../ecg/formats/edf-writer.ts'
import { MADE } from '../ecg/formats/made.ts'
import { museXml } from '../ecg/formats/muse-writer.ts'
import { philipsXml } from '../ecg/formats/philips-writer.ts'
import { one, plain, scpSample, second } from '../ecg/formats/scp-sample.ts'
import { DEFAULT_CODES, differences, writeScp } from '../ecg/formats/scp-writer.ts'
import { FIXTURES } from '../ecg/files.ts'
import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'
import type { GivenAnswer } from '../../src-main/ecg/recording.ts'
import type { FuzzInput } from './input.ts'

const file = (path: string): Uint8Array => readFileSync(path)
const alone = (main: Uint8Array | string): FuzzInput => ({
  main: typeof main === 'string' ? Buffer.from(main) : main,
  companions: {},
})
const made = (name: string): FuzzInput => alone(file(join(MADE, name)))
const TWELVE: GivenAnswer = { rateHz: 500, unit: 'uV', leads: [...LEAD_NAMES] }
const COUNTS = { I: [1, 2, 3, 5, 8, 5], II: [2, 4, 4, 2, 0, -2], III: [1, 2, 1, -3, -8, -7], V1: [9, 9, 9, 9, 9, 9] }

/** Small sound files of every format, from which hostile ones are made. */
export const SEEDS: Readonly<Record<string, () => FuzzInput[]>> = {
  dicom: () => [
    ...(['implicit', 'explicit', 'deflated', 'big-endian'] as const).flatMap((syntax: Syntax) =>
      [true, false].map((open) =>
        alone(
          writeDicom(
            waveformObject([
              { channels: [lead(1, 'I'), lead(2, 'II')], samples: [1, 2, 3, 4, 5, 6], little: syntax !== 'big-endian' },
            ]),
            syntax,
            open,
          ),
        ),
      ),
    ),
    alone(file(join(FIXTURES, 'waveform_ecg.dcm'))),
  ],
  'scp-ecg': () => [
    alone(writeScp(plain)),
    alone(writeScp(scpSample(1, [DEFAULT_CODES]))),
    alone(
      writeScp({
        ...scpSample(2, 'default'),
        flags: 1 | 4,
        tags: [[2, Buffer.from('P\0')], [5, Uint8Array.of(0xb2, 7, 1, 2)]], // prettier-ignore
        beats: { lengthMs: 100, fiducial: 10, beats: [[0, 11, 21, 31]], areas: [[15, 25]] },
        reference: { leads: [differences(one.slice(0, 50), 2), differences(second.slice(0, 50), 2)], encoding: 2 },
      }),
    ),
  ],
  edf: () => [
    made('plus.edf'),
    made('plus.bdf'),
    alone(
      writeEdf({
        reserved: 'EDF+D',
        signals: [
          { label: 'I', records: [[1, 2], [3, 4]] }, // prettier-ignore
          { label: 'EDF Annotations', records: ['+0\x14\x14\0', '+3\x14\x14\0'] },
        ],
      }),
    ),
  ],
  ishne: () => [alone(ishne([5, 6], 40)), alone(ishne([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 12))],
  matlab: () => [...['double.mat', 'compressed.mat', 'gain.mat'].map(made), { ...made('bare.mat'), answer: TWELVE }],
  numpy: () => ['rows.npy', 'columns.npy', 'fortran.npy'].map((name) => ({ ...made(name), answer: TWELVE })),
  json: () => [
    alone(
      JSON.stringify({
        sampleRate: 500,
        unit: 'mV',
        leads: { I: [1, 2, null], II: [0.5, -1, 2] },
        patient: { age: '16 mo', dob: '2020-01-02' },
      }),
    ),
    {
      main: Buffer.from(JSON.stringify({ signal: { file: 'a.npy', rateHz: 20, unit: 'uV', leads: ['I', 'II'] } })),
      companions: { 'a.npy': npy() },
    },
  ],
  'muse-xml': () => [alone(museXml([{ name: 'I', values: [1, 2, 3] }, { name: 'II', values: [-4, 5, 6] }], { head: '<TestDemographics><AcquisitionDevice>x</AcquisitionDevice></TestDemographics>' }))], // prettier-ignore
  aecg: () => [
    alone(aecgXml([{ code: 'MDC_ECG_LEAD_I', digits: '1 2 3' }, { code: 'MDC_ECG_LEAD_II', digits: '4 -5 6' }])), // prettier-ignore
    alone(aecgXml([{ code: 'MDC_ECG_LEAD_V1', digits: '1 2' }], { time: TIME_ABSOLUTE })),
  ],
  'cardiosoft-xml': () => [alone(CARDIOSOFT)],
  'schiller-xml': () => [alone(SCHILLER)],
  'philips-xml': () => [
    alone(philipsXml({ leads: COUNTS })),
    alone(Buffer.from(`\ufeff${philipsXml({ leads: { I: [1, 2], II: [3, 4] } }, 'UTF-16')}`, 'utf16le')),
  ],
  wfdb: () => [
    record(
      join(FIXTURES, 'binformats.hea'),
      Array.from({ length: 10 }, (_, index) => `binformats.d${index}`),
    ),
    {
      main: Buffer.from(
        'r 2 500 4 10:11:12 1/2/2020\nr.dat 16 200(3)/mV 16 0 5 45 0 I\nr.dat 16 1000/uV 16 0 6 54 0 II\n# age: 40 sex: F\n',
      ),
      companions: { 'r.dat': new Uint8Array(16).fill(5) },
    },
    {
      main: Buffer.from('r/2 1 500 4\na 2\nb 2\n'),
      companions: {
        'a.hea': Buffer.from('a 1 500 2\nr.dat 16 200/mV 16 0 0 0 0 I\n'),
        'b.hea': Buffer.from('b 1 500 2\nr.dat 212 200/mV 12 0 0 0 0 I\n'),
        'r.dat': new Uint8Array(12),
      },
    },
  ],
  'delimited-text': () => [
    alone('# rate=500 unit=mV\nI,II,V1\n1,2,3\n4,5,6\n7,8,9\n'),
    alone('time (ms);I (mV);II (uV)\n0;1,5;2\n2;3,5;4\n4;5,5;6\n'),
    alone('Time\tI\tII\n(hh:mm:ss.mmm)\t(mV)\t(mV)\n0:00.000\t-0.1\t0.2\n0:00.002\t-0.1\t0.2\n'),
    {
      ...alone('Rhythm signal: 3 X 3\n\n1 2 3\n4 5 6\n7 8 9\n'),
      answer: { rateHz: 500, unit: 'uV', leads: ['I', '-', 'II'] },
    },
    {
      ...alone('a;b\n1;2\n3;4\n5;6\n'),
      answer: { rateHz: 9, unit: 'mV', leads: ['I', 'II'], table: { delimiter: 'semicolon', firstLine: 2 } },
    },
  ],
}

const record = (header: string, names: readonly string[]): FuzzInput => ({
  main: file(header),
  companions: Object.fromEntries(names.map((name) => [name, file(join(FIXTURES, name))])),
})

function npy(): Uint8Array {
  const header = "{'descr': '<i2', 'fortran_order': False, 'shape': (3, 2), }".padEnd(117) + '\n'
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([118, 0]),
    Buffer.from(header),
    Buffer.from(Int16Array.of(1, 2, 3, 4, 5, 6).buffer),
  ])
}

function ishne(leads: readonly number[], samples: number): Buffer {
  const header = Buffer.alloc(522)
  header.write('ISHNE1.0')
  for (const [at, value] of [[14, samples], [18, 522], [22, 522]] as const) header.writeInt32LE(value, at) // prettier-ignore
  header.writeInt16LE(leads.length, 156)
  for (const [index, code] of leads.entries()) {
    header.writeInt16LE(code, 158 + 2 * index)
    header.writeInt16LE(2500, 206 + 2 * index)
  }
  header.writeInt16LE(200, 272)
  header.writeUInt16LE(crcCcitt(header.subarray(10)), 8)
  return Buffer.concat([header, Buffer.alloc(2 * leads.length * samples, 3)])
}

const CARDIOSOFT = `<?xml version="1.0" encoding="ISO8859-1" ?>
<CardiologyXML><ObservationType>RestECG</ObservationType><ObservationDateTime><Hour>1</Hour><Minute>2</Minute><Second>3</Second><Day>4</Day><Month>5</Month><Year>2020</Year></ObservationDateTime>
<RestingECGMeasurements><VentricularRate units="BPM">61</VentricularRate></RestingECGMeasurements>
<StripData><NumberOfLeads>2</NumberOfLeads><SampleRate units="Hz">500</SampleRate><ChannelSampleCountTotal>3</ChannelSampleCountTotal><Resolution units="uVperLsb">5</Resolution><WaveformData lead="I">20,-20,0</WaveformData><WaveformData lead="II">1,2,\t3</WaveformData></StripData>
</CardiologyXML>
`
const SCHILLER = `<?xml version="1.0" encoding="UTF-8"?>
<com.xiriuz.sema.xml.schillerEDI.SchillerEDI><patdata><id>1</id><gender>MALE</gender></patdata><eventdata><event><wavedata><type>ECG_RHYTHMS</type><resolution><samplerate><exponent>1</exponent><value>500</value></samplerate><yres><unitperbit>2.5</unitperbit><units>UV</units></yres></resolution>
<channel><name>I</name><data>100,-100,0</data><datastype>COMMASEPARATE</datastype><samplecount>3</samplecount></channel><channel><name>AVR</name><data>1,2,3</data><datastype>COMMASEPARATE</datastype><samplecount>3</samplecount></channel></wavedata>
<annotation_global><name>HR</name><value>60</value></annotation_global></event></eventdata></com.xiriuz.sema.xml.schillerEDI.SchillerEDI>
`
