export default {
  operator: '操作员',
  reviewer: '医生',
  reader: '研究阅片者',
  coordinator: '研究协调员',
  administrator: '管理员',
  changePassword: '修改密码',
  presentPassword: '当前密码',
  signOut: '退出登录',
}
