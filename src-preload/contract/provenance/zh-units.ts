/** The sentences by which main says where millivolts came from, with what varies as a group. */
export const zhUnits: readonly (readonly [RegExp, string])[] = [
  [/^made up$/, '虚构数据'],
  [/^gain (\S+) adu\/(\S+) in the header$/, '头文件中的增益 $1 adu/$2'],
  [/^WFDB convention of (\S+) adu\/mV \(no gain in the header\)$/, 'WFDB 约定值 $1 adu/mV（头文件中没有增益）'],
  [/^channel sensitivity (.+) in the file$/, '文件中的通道灵敏度 $1'],
  [/^(.+) µV per unit in the file$/, '文件中每单位 $1 µV'],
  [/^(.+) to (.+) for (.+) to (.+) in the (\w+) header$/, '$5 头文件：$3 至 $4 对应 $1 至 $2'],
  [/^resolution (.+) nV\/unit in the header$/, '头文件中的分辨率：每单位 $1 nV'],
  [/^amplitude multiplier (.+) nV\/unit in section 6$/, '第 6 节中的幅度倍数：每单位 $1 nV'],
  [/^(.+) as the JSON text states$/, '按 JSON 文本所注：$1'],
  [/^(.+) as the table states$/, '按表格所注：$1'],
  [/^numbers in (\S+), stated by the user(?: for an earlier file with this header)?$/, '数值单位 $1，由用户说明'],
  [
    /^gain (\S+) steps\/(\S+), stated by the user(?: for an earlier file with this header)?$/,
    '增益每 $2 $1 步，由用户说明',
  ],
]
