/** The sentences by which main says where millivolts came from, with what varies as a group. */
export const zhUnits: readonly (readonly [RegExp, string])[] = [
  [/^gain (\S+) adu\/(\S+) in the header$/, '头文件中的增益 $1 adu/$2'],
  [/^WFDB convention of (\S+) adu\/mV \(no gain in the header\)$/, 'WFDB 约定值 $1 adu/mV（头文件中没有增益）'],
  [/^channel sensitivity (.+) in the file$/, '文件中的通道灵敏度 $1'],
  [/^(.+) µV per unit in the file$/, '文件中每单位 $1 µV'],
  [/^(.+) as the table states$/, '按表格所注：$1'],
]
