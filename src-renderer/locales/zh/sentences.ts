/** What each code means, in Chinese. Names and numbers of the case stand in main's own wording, shown as detail. */
export const zhSentences: Readonly<Record<string, string>> = {
  'app/internal': '程序内部出错，数据没有改变。请重试；若再次出现，请重新启动。',
  'app/not-built': '程序界面尚未构建，请重新安装或构建后再启动。',
  'cine/already-running': '正在生成另一段电影，请等待其完成或将其取消。',
  'cine/cancelled': '已取消生成电影。',
  'cli/usage': '命令行参数有误。',
  'contract/bad-input': '窗口发送的请求不完整或超出范围，请重试。',
  'contract/bad-sender': '请求并非来自本程序的窗口，已拒绝。',
  'contract/unknown-channel': '窗口请求了未知的功能，请确认窗口与程序版本一致。',
  'host/busy': '程序正忙，请稍后重试。',
  'host/connection-lost': '与本机 CardioNets 的连接中断，请重试。',
  'host/gone': '本机的 CardioNets 已关闭，请重新启动并使用新打开的窗口。',
  'host/message-too-large': '这些文件合计过大，请分批导入。',
  'host/port-in-use': '该端口已被占用，请换一个端口启动。',
  'import/file-too-large': '文件过大。请只导出 12 导联记录后再导入。',
  'import/file-unreadable': '无法读取该文件。请确认存储设备仍然连接，然后重新拖入。',
  'import/session-full': '本次会话的记录已满，请先移除一部分再导入。',
}
