import type en from '../en/worklist.ts'

const messages: typeof en = {
  title: '工作列表',
  session: '本次会话',
  filter: '按文件、患者或状态筛选',
  count: '{n} 份记录',
  countFiltered: '{shown} / {n}',
  columnRecording: '记录',
  columnRecorded: '记录时间',
  columnQuality: '读取情况',
  columnState: '状态',
  qualityGood: '无备注',
  emptyTitle: '还没有记录',
  emptyText: '导入的记录显示在这里，每行一份，附四项风险标记。记录只在本次会话中保留。',
  emptyAction: '导入心电图',
  noMatch: '没有与“{filter}”匹配的记录。',
  clearFilter: '清除筛选',
  hint: 'J、K 移动，回车打开',
  screenAll: '筛查其余 {n} 份',
  waiting: '等待中',
  screening: '筛查中',
  screened: '已筛查',
  refused: '被拒绝',
  failed: '失败',
  unscreened: '未筛查',
}
export default messages
