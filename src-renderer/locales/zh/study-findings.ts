/** What was found in a protocol, a table of truth, a cine or a package, in Chinese; `{name}` takes the finding's values. */
export const studyFindings: Readonly<Record<string, string>> = {
  'protocol/cases-few': '除训练病例外，研究至少需要 4 个病例。',
  'protocol/case-number-twice': '两个病例的编号相同。',
  'protocol/distance-too-large': '{cases} 个病例容不下同一病例两次阅片之间间隔 {distance} 次。',
  'protocol/readers-none': '还没有阅片者，请添加。',
  'protocol/reader-number-twice': '两位阅片者的编号相同。',
  'protocol/reader-no-account': '阅片者 {reader} 没有可登录的账户。',
  'protocol/person-twice': '同一人不能担任两位阅片者。',
  'protocol/cases-unprepared': '部分病例还没有文件，请重新准备病例。',
  'protocol/question-name-twice': '两个问题的名称相同。',
  'protocol/question-choices': '选择题必须列出选项，其他问题不能列出选项。',
  'protocol/question-unknown': '没有名为“{question}”的问题。',
  'protocol/question-elsewhere': '“{question}”属于另一类阶段：图像真假须单独询问。',
  'protocol/arm-twice': '同一阶段中一个分组出现了两次。',
  'protocol/tell-too-early': '真实/生成任务须在全部诊断阅片之后。',
  'protocol/washout-missing': '后续的诊断阶段需要洗脱期。',
  'protocol/time-limits': '最长时间比最短时间还短。',
  'protocol/crossover-arms': '交叉设计的各周期须按相同顺序列出相同分组。',
  'protocol/crossover-periods': '{arms} 个分组的交叉设计需要同样多的周期。',
  'protocol/primary-question': '主要分析需要一个 0 到 100 的问题。',
  'protocol/primary-call': '敏感性和特异性需要一个是非题。',
  'protocol/primary-arm-unread': '没有诊断阶段读取分组 {arm}。',
  'protocol/primary-arms-same': '主要分析须比较两个不同的分组。',
  'protocol/margin-missing': '非劣效检验需要界值。',

  'table/column-missing': '缺少“{column}”列。',
  'table/case-number': '“{cell}”不是 1 到 100000 的整数。',
  'table/case-twice': '病例 {case} 已出现在第 {row} 行。',
  'table/ecg-missing': '每个病例都需要心电图文件。',
  'table/path-outside': '路径必须位于病例表所在文件夹之内。',
  'table/zero-or-one': '“{cell}”既不是 0 也不是 1。',
  'table/too-long': '最多 {most} 个字符。',
  'table/whole-number': '“{cell}”不是从 {least} 起的整数。',
  'table/none-of': '“{cell}”不在以下选项之中：{words}。',
  'table/form': '“{cell}”不符合格式 {form}。',
  'table/frames': '一次心跳至少两帧，首帧从 1 起。',

  'cine/taken-box':
    '{format}，平面 {plane}，第 {slice} / {slices} 层，第 {first} 至 {last} 帧（共 {frames} 帧），方框中心：列 {column}、行 {row}',
  'cine/taken-motion':
    '{format}，平面 {plane}，第 {slice} / {slices} 层，第 {first} 至 {last} 帧（共 {frames} 帧），方框中心：列 {column}、行 {row}（运动最多处）',
  'cine/as-attached': '按记录所附的电影',

  'study/lines-part':
    '阅片者 {reader} 从第 {line} 行起在两处都继续了阅片：本机自 {hereSince} 起有 {here} 个回答，文件自 {thereSince} 起有 {there} 个。没有并入任何行，以本机的为准。',
  'study/versions-part': '方案版本 {version} 在本机与数据包中不同，没有导入任何内容。',
  'study/read-under-another':
    '阅片者 {reader} 已按方案版本 {read} 阅片，而版本 {now} 的提问或显示内容不同。没有导入任何内容：请把方案改回所读的内容后重试。',

  'balance/case-twice': '阅片者 {reader}：第 {sitting} 次阅片中同一病例出现两次',
  'balance/too-near': '阅片者 {reader}：同一病例两次阅片之间只隔 {between} 次',
}
