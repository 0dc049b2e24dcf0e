export default {
  cancel: '取消',
  save: '保存',
  choose: '选择…',
  dateForm: '年-月-日',
  noDate: '这不是日期。请按年、月、日填写，例如 1960-02-03。',
  noFile: '未选择文件',
  chooseFolder: '选择本机的文件夹',
  chooseTable: '选择本机的表格',
  chooseThis: '选择此文件夹',
  folderAbove: '上级文件夹',
  folderMore: '内容过多，未全部列出：请直接输入路径。',
  noTables: '此文件夹中没有 CSV 或文本文件。',
}
