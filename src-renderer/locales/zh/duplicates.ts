export default {
  text: '这些患者可能是同一个人。系统不会自行合并，每次合并都可以撤销。',
  noneTitle: '没有可能重复的患者',
  noneText: '姓名相同或读音相近，或编号仅相差前导零或大小写，且出生日期不矛盾的患者会在此提示。',
  reason: {
    'same-name': '姓名相同',
    'similar-name': '姓名相近',
    'same-birth-date': '出生日期相同',
    'similar-id': '编号相近',
  },
  isKept: '保留',
  reasonHint: '为什么是同一个人？',
  merge: '合并',
  keepApart: '是两个人',
  merged: '已合并',
  mergedLine: '{merged} 已并入 {kept}',
  undo: '撤销',
}
