import type { PictureProbe } from '../../../src-preload/contract/picture-probes.ts'
import type { ReportBlock } from '../../../src-preload/contract/study-report.ts'
import { quiet, type ReportTools, table } from './tools.ts'

/** What border, grey levels, spectrum and motion of the pictures gave away, as measured before the first read. */
export function pictureBlocks(probes: readonly PictureProbe[], tools: ReportTools): ReportBlock[] {
  if (probes.length === 0) return []
  const word = ({ atChance, mustBeAtChance }: PictureProbe): string =>
    tools.say(atChance ? 'apartNot' : mustBeAtChance ? 'apartAgainst' : 'apart')
  return [
    quiet(tools.say('picturesText')),
    ...(probes.some((one) => one.mustBeAtChance) ? [] : [quiet(tools.say('picturesAsked'))]),
    table(
      '',
      [tools.say('probe'), tools.say('area'), tools.say('atChance')],
      probes.map((one) => [
        tools.say(`probe.${one.probe}`),
        `${tools.number(one.auc, 2)} (${tools.pair([...one.interval], 2)})`,
        word(one),
      ]),
    ),
  ]
}
