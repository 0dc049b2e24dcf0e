import type { ReportBlock, ReportLanguage, StudyReport } from '../../../src-preload/contract/study-report.ts'
import { analyse, type StudyAnalysis } from '../analysis/analyse.ts'
import { studyNotes } from '../analysis/notes.ts'
import { studyData } from '../analysis/ratings.ts'
import { currentProtocol, diagnosticArms, type StudyRecord } from '../bundle/study-record.ts'
import { agreementBlocks, calibrationBlocks, helpedBlocks, orderBlocks, timeBlocks } from './beside-sections.ts'
import { pictureBlocks } from './picture-section.ts'
import { primaryBlocks, sensitivityBlocks } from './primary-section.ts'
import { callBlocks, modelBlocks, perReaderBlocks } from './reader-sections.ts'
import { rocBlocks } from './roc-charts.ts'
import { tellBlocks } from './tell-section.ts'
import { caution, ReportTools } from './tools.ts'
import type { Word } from './words-en.ts'

/**
 * The report of a closed study in one language: what the window shows and the PDF holds. Every number comes from
 * `analyse`; nothing is computed here but what a picture needs.
 *
 * @param when  day of the analysis as it is to be shown
 */
export function studyReport(study: StudyRecord, language: ReportLanguage, when: string): StudyReport {
  const analysis = analyse(study)
  const protocol = currentProtocol(study)
  const arms = diagnosticArms(protocol)
  const tools = new ReportTools(language, protocol.primary.level)
  const section = (id: Word, blocks: ReportBlock[]) =>
    blocks.length === 0 ? [] : [{ id, title: tools.say(id), blocks }]
  return {
    title: protocol.title,
    subtitle: tools.say('subtitle', { when }),
    footer: tools.say('footer', { commitment: study.commitment.sha256.slice(0, 16) }),
    sections: [
      ...section('design', [designFacts(study, analysis, tools)]),
      ...section('notes', noteBlocks(study, tools)),
      ...section('primary', primaryBlocks(analysis, protocol, tools)),
      ...section('roc', rocBlocks(analysis, arms, tools)),
      ...section('perReader', perReaderBlocks(analysis, protocol, arms, tools)),
      ...section('tell', tellBlocks(analysis, protocol, tools)),
      ...section('sensitivityAnalyses', sensitivityBlocks(analysis, tools)),
      ...section('calls', callBlocks(analysis, protocol, arms, tools)),
      ...section('model', analysis.model.length > 0 ? modelBlocks(analysis, protocol, arms, tools) : []),
      ...section('agreement', protocol.readers.length > 1 ? agreementBlocks(analysis, arms, tools) : []),
      ...section('calibration', calibrationBlocks(analysis, arms, tools)),
      ...section('time', timeBlocks(analysis, protocol, tools)),
      ...section('order', orderBlocks(analysis, protocol, language, tools)),
      ...section('helped', helpedBlocks(analysis, protocol, tools)),
      ...section('pictures', pictureBlocks(study.pictureProbes, tools)),
    ],
  }
}

function designFacts(study: StudyRecord, { counts }: StudyAnalysis, tools: ReportTools): ReportBlock {
  const protocol = currentProtocol(study)
  const { readers, primary } = protocol
  const seniorities = [...Map.groupBy(readers, (one) => one.seniority)].map(
    ([name, list]) => `${list.length} ${tools.seniority(name)}`,
  )
  return {
    kind: 'facts',
    pairs: [
      [tools.say('cases'), tools.say('casesValue', { n: counts.cases, diseased: counts.diseased })],
      [tools.say('readers'), `${readers.length} (${seniorities.join(tools.say('comma'))})`],
      [tools.say('readings'), tools.say('readingsValue', { n: counts.readings, planned: counts.planned })],
      [
        tools.say('conditions'),
        diagnosticArms(protocol)
          .map((arm) => tools.arm(arm))
          .join('; '),
      ],
      [tools.say('primaryPlan'), tools.difference(primary.arms)],
      [tools.say('versions'), String(study.protocols.length)],
      [tools.say('commitment'), study.commitment.sha256],
    ],
  }
}

function noteBlocks(study: StudyRecord, tools: ReportTools): ReportBlock[] {
  return studyNotes(studyData(study), study).map(({ code, values }) => caution(tools.say(`note.${code}`, values)))
}
