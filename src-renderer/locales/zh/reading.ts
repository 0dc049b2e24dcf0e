import type en from '../en/reading.ts'

const messages: typeof en = {
  title: '如何读取 {file}',
  ask: '说明读取方式…',
  correct: '更正单位…',
  unit: '数值的单位',
  asFile: '按文件所注',
  gain: '每 1 {unit} 的步数',
  gainOfUnit: '每单位的步数',
  rate: '采样率（Hz）',
  delimiter: '数值之间的分隔',
  delimiters: { tab: '制表符', semicolon: '分号', comma: '逗号', bar: '竖线', blanks: '空格' },
  firstLine: '数值起始行',
  columns: '{n} 列分别对应哪个导联',
  column: '第 {n} 列',
  leadOf: '第 {column} 列的导联',
  leftOut: '–',
  orders: { standard: '标准顺序 I II III aVR aVL aVF V1–V6', eight: '八导联 I II V1–V6' },
  preview: '按此读取的结果',
  spanOf: '{lead} 导联幅度',
  traceLabel: '{lead} 导联前 5 秒',
  traceCaption:
    '{lead} 导联前 5 秒。左侧方波为 1 mV，心电波形的高度应与之相近。过平或过高说明单位有误；心率不合理说明采样率有误。',
  nothingTried: '请补充缺少的信息，读取结果将显示在此处。',
  remember: '以后遇到相同文件头的文件也照此读取（保存在本机，不含患者信息）',
  notRemembered: '该文件没有可供识别的文件头，此说明仅用于本文件。',
  submit: '照此读取',
}
export default messages
