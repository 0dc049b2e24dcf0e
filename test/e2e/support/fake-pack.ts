import { OPERATING_POINTS } from '../../../src-preload/contract/constants.ts'
import type { AppDescription } from '../../../src-preload/contract/index.ts'
import type { OperatingPoint } from '../../../src-preload/contract/settings.ts'

type Pack = NonNullable<AppDescription['pack']>
type Phenotype = Pack['phenotypes'][number]

/** What the stand-in says about itself. Nothing of it is a real pack, and its statement says so. */
export function fakeDescription(trained: boolean): AppDescription {
  return {
    version: '0.1.0',
    entry: 'desktop',
    workspace: '/home/user/CardioNets',
    pack: fakePack(trained),
    packError: null,
  }
}

function fakePack(trained: boolean): Pack {
  const quality = <T>(value: T): T | undefined => (trained ? value : undefined)
  return {
    id: 'stand-in',
    version: '0.0.1',
    trained,
    sha256: '4f'.repeat(32),
    statement: {
      en: 'Stand-in of the tests, no model · not for clinical use',
      zh: '测试用替身，并非模型 · 不可用于临床',
    },
    trainingData: {
      en: 'None. Every number that this pack gives was written by hand for the tests of the window.',
      zh: '无。该包给出的所有数值均为测试窗口而手工编写。',
    },
    intendedUse: { en: 'Tests of the window. Not for clinical use.', zh: '用于测试窗口，不可用于临床。' },
    keyId: 'a7c3'.repeat(16),
    developmentKey: true,
    createdAt: '2026-01-15T09:30:00Z',
    rules: {
      minimumAgeYears: 18,
      pacedRhythm: 'mark',
      familiarity: { unusual: 0.94, unlike: 1.16 },
      repeatability: trained ? { subjects: 40, method: { en: 'Written by hand.', zh: '手工编写。' } } : null,
    },
    diseases: [
      disease('cad', 'Coronary artery disease', '冠状动脉疾病', 0.31, 0.079, quality(0.78)),
      disease('hf', 'Heart failure', '心力衰竭', 0.22, 0.02, quality(0.86)),
      disease('cm', 'Cardiomyopathy', '心肌病', 0.15, 0.006, quality(0.88)),
      disease('ph', 'Pulmonary hypertension', '肺动脉高压', 0.12, 0.004, quality(0.84)),
    ],
    subtypes: [
      subtype('dcm', 'Dilated cardiomyopathy', '扩张型心肌病', quality(0.85)),
      subtype('hcm', 'Hypertrophic cardiomyopathy', '肥厚型心肌病', quality(0.87)),
      subtype('rcm', 'Restrictive cardiomyopathy', '限制型心肌病', quality(0.71)),
    ],
    phenotypes: phenotypes().map((phenotype, index) =>
      withQuality(phenotype, quality(Math.round(100 * (0.06 + 0.44 * Math.abs(Math.sin(index * 1.7)))) / 100)),
    ),
    samplers: ['ddim25', 'ddpm100'],
    defaultSampler: 'ddim25',
    slides: [{ phenotype: 'LVM', steps: [-1, 0, 1], read: [80, 95, 110] }],
  }
}

function disease(
  id: Pack['diseases'][number]['id'],
  en: string,
  zh: string,
  threshold: number,
  calibrationPrevalence: number,
  auc?: number,
): Pack['diseases'][number] {
  const ends: Record<OperatingPoint, number> = {
    screen: threshold / 3,
    balanced: threshold,
    'rule-in': Math.min(0.9, 2 * threshold),
  }
  const rates: Record<OperatingPoint, [number, number]> = {
    screen: [0.9, 0.62],
    balanced: [0.8, 0.84],
    'rule-in': [0.52, 0.98],
  }
  return {
    id,
    name: { en, zh },
    calibrationPrevalence,
    operatingPoints: OPERATING_POINTS.map((point) => ({
      id: point,
      threshold: ends[point],
      rates: auc === undefined ? null : { sensitivity: rate(rates[point][0]), specificity: rate(rates[point][1]) },
    })),
    reliability:
      auc === undefined
        ? []
        : [
            { from: 0, below: 0.1, positives: 30, observed: { estimate: 0.03, interval: [0.02, 0.04], of: 1000 } },
            { from: 0.1, below: 1, positives: 180, observed: { estimate: 0.45, interval: [0.4, 0.5], of: 400 } },
          ],
    ...(auc === undefined ? {} : { auc, repeatability: 0.8 }),
  }
}

function rate(estimate: number) {
  return { estimate, interval: [estimate - 0.03, Math.min(1, estimate + 0.03)] as [number, number], of: 400 }
}

function subtype(id: string, en: string, zh: string, auc?: number) {
  return { id, name: { en, zh }, ...(auc === undefined ? {} : { auc }) }
}

function withQuality(phenotype: Phenotype, r2: number | undefined): Phenotype {
  return r2 === undefined ? phenotype : { ...phenotype, r2, repeatability: 4 }
}

function phenotypes(): Phenotype[] {
  const list: Phenotype[] = []
  const add = (id: string, group: string, unit: string, en: string, zh: string): void => {
    list.push({ id, field: 24100 + list.length, name: { en, zh }, unit, group })
  }
  const chamber = (id: string, group: string, en: string, zh: string): void => {
    add(`${id}EDV`, group, 'mL', `${en} end-diastolic volume`, `${zh}舒张末期容积`)
    add(`${id}ESV`, group, 'mL', `${en} end-systolic volume`, `${zh}收缩末期容积`)
    add(`${id}SV`, group, 'mL', `${en} stroke volume`, `${zh}每搏输出量`)
    add(`${id}EF`, group, '%', `${en} ejection fraction`, `${zh}射血分数`)
  }
  const atrium = (id: string, group: string, en: string, zh: string): void => {
    add(`${id}V_max`, group, 'mL', `${en} maximum volume`, `${zh}最大容积`)
    add(`${id}V_min`, group, 'mL', `${en} minimum volume`, `${zh}最小容积`)
    add(`${id}SV`, group, 'mL', `${en} stroke volume`, `${zh}每搏量`)
    add(`${id}EF`, group, '%', `${en} ejection fraction`, `${zh}射血分数`)
  }
  chamber('LV', 'lv', 'LV', '左心室')
  add('LVCO', 'lv', 'L/min', 'LV cardiac output', '左心室心输出量')
  add('LVM', 'lv', 'g', 'LV myocardial mass', '左心室心肌质量')
  chamber('RV', 'rv', 'RV', '右心室')
  atrium('LA', 'la', 'LA', '左心房')
  atrium('RA', 'ra', 'RA', '右心房')
  for (const [id, en, zh] of [
    ['AAo', 'Ascending aorta', '升主动脉'],
    ['DAo', 'Descending aorta', '降主动脉'],
  ] as const) {
    add(`${id}_max_area`, 'aorta', 'mm²', `${en} maximum area`, `${zh}最大面积`)
    add(`${id}_min_area`, 'aorta', 'mm²', `${en} minimum area`, `${zh}最小面积`)
    add(`${id}_distensibility`, 'aorta', '10⁻³ mmHg⁻¹', `${en} distensibility`, `${zh}扩张性`)
  }
  for (const [id, group, unit, en, zh] of [
    ['WT', 'wall-thickness', 'mm', 'LV mean myocardial wall thickness', '左心室平均室壁厚度'],
    ['Ecc', 'ecc', '%', 'LV circumferential strain', '左心室周向应变'],
    ['Err', 'err', '%', 'LV radial strain', '左心室径向应变'],
  ] as const) {
    for (let segment = 1; segment <= 16; segment++)
      add(`${id}_AHA_${segment}`, group, unit, `${en} AHA ${segment}`, `${zh} AHA ${segment}`)
    add(`${id}_global`, group, unit, `${en} global`, `${zh} 整体`)
  }
  for (let segment = 1; segment <= 6; segment++) {
    add(`Ell_${segment}`, 'ell', '%', `LV longitudinal strain segment ${segment}`, `左心室纵向应变 第 ${segment} 节段`)
  }
  add('Ell_global', 'ell', '%', 'LV longitudinal strain global', '左心室纵向应变 整体')
  return list
}
