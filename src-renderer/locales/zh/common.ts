export default {
  cancel: '取消',
  save: '保存',
}
