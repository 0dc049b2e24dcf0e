/** Chinese sentences for what a batch refuses or stops for. */
export const zhBatchSentences: Readonly<Record<string, string>> = {
  'batch/busy': '已有批次在运行。请等待完成，或先暂停它。',
  'batch/network-path': '这是网络路径，本软件不访问网络。请将文件复制到本机，或指定某个磁盘。',
  'batch/no-such-source': '本机没有该文件夹或表格。请检查路径；存储设备可能已被拔出。',
  'batch/not-running': '该批次已结束。如需处理其他文件，请开始新的批次。',
  'batch/not-waiting': '该文件已不再等待处理，请重新查看列表。',
  'batch/source-gone': '该批次的文件夹或表格已不在。请重新连接存储设备，然后继续。',
  'batch/table-problems': '表格有问题，请改正后重新开始。',
  'batch/unknown': '登记库中没有该批次。',
  'batch/unknown-file': '该文件不属于任何批次。',
}
