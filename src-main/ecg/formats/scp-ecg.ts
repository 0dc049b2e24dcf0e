import type { Warning } from '../../../src-preload/contract/ecg.ts'
import type { EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { scpDescription } from './scp-ecg/description.ts'
import { scpRhythm } from './scp-ecg/rhythm.ts'
import { looksLikeScp, scpSections } from './scp-ecg/sections.ts'

/** Description, Huffman tables, leads, beats, reference beat and rhythm; the other sections hold measurements. */
const SECTIONS_READ = [1, 2, 3, 4, 5, 6]

/** SCP-ECG, the standard communications protocol for computer-assisted electrocardiography (EN 1064, ISO 11073-91064). */
export const scpEcg: EcgFormat = {
  id: 'scp-ecg',

  detect: looksLikeScp,

  read(main) {
    const warnings: Warning[] = []
    const sections = scpSections(main, SECTIONS_READ, warnings)
    const { rateHz, channels, nanovoltsPerUnit } = scpRhythm(sections, warnings)
    return assembleRecording({
      format: this.id,
      rateHz,
      channels: channels.map((channel) => ({ ...channel, stepMv: nanovoltsPerUnit * 1e-6 })),
      units: `amplitude multiplier ${nanovoltsPerUnit} nV/unit in section 6`,
      rateSource: 'sample interval in section 6',
      leadSource: 'lead numbers in section 3',
      ...scpDescription(sections.get(1), warnings),
      warnings,
    })
  },
}
