import type en from '../en/importing.ts'

const messages: typeof en = {
  title: '导入',
  dropTitle: '将心电图文件或文件夹拖到此处',
  dropText: '拖到窗口任意位置均可。属于同一份记录的文件（如 WFDB 头文件与信号文件）请一次拖入。',
  formats:
    '支持 WFDB、DICOM、SCP-ECG、HL7 aECG、GE / 飞利浦 / 席勒 XML、EDF、ISHNE，以及带导联名称的表格。格式按内容识别，与文件名无关。',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  local: '任何内容都不会离开本机，导入的内容加密保存。',
  progress: '正在读取 {done} / {of}',
  emptyTitle: '这里将显示什么',
  emptyText: '每个文件一行：读到了什么、单位从何而来、包含哪些导联、能否筛查。筛查会自动开始。',
  stepDrop: '拖入一份不短于 9 秒的 12 导联心电图。',
  stepCheck: '核对读取的内容。',
  stepOpen: '打开查看：四种疾病、82 项表型，并可按需生成电影。',
  accepted: '已读取 {n} 个文件',
  refused: '{n} 个被拒绝',
  clear: '清空列表',
  open: '打开',
  ready: '可以筛查',
  notScreenable: '已读取，但无法筛查',
  notScreenableShort: '无法筛查',
  known: '已有相同波形：已关联，未重复保存',
  refusedFile: '未读取',
  failed: '文件未能提交，但已保留，请重试。',
}
export default messages
