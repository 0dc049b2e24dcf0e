import type en from '../en/explanations.ts'

const messages: typeof en = {
  sanityExplain:
    '对照：同样的信号换成其他导联的名称；以随机矩阵代替最后一层。若图谱与对照相似，它显示的只是信号或图像的形状，而不是网络学到的内容。',
  verdict: {
    same: '请勿依赖此图：对照看起来相同。',
    partly: '请谨慎解读此图：对照看起来部分相同。',
    differs: '对照看起来不同，但这并不证明此图正确。',
  },
  control: {
    'shuffled-leads': '打乱导联',
    'random-layer': '随机最后一层',
  },
  likeness: {
    same: '相同',
    partly: '部分相同',
    differs: '不同',
  },
  rank: '秩相关 {rank}',
  noRank: '图谱处处取同一值',
  similarity: {
    title: '电影何处与心电图一致？',
    explain: '心电图与电影各处在共同空间中的余弦相似度。网络把同一处的所有帧一起看，因此每一帧的图谱相同。',
    informative: '在 {subjects} 名留出受试者中，此类图谱指向心脏的曲线下面积为 {auc}（{low}–{high}）；0.5 为随机。',
    notInformative:
      '此模型包的图谱没有信息量：在 {subjects} 名留出受试者中，其指向心脏的能力不优于随机，曲线下面积 {auc}（{low}–{high}）；0.5 为随机。',
    unknownQuality: '模型包未说明其图谱是否指向心脏。请仅将其视为图片。',
    show: '将图谱叠加于电影',
    hide: '移除图谱',
    legend: '余弦相似度',
    whole: '心电图与整段生成电影：{cosine}。',
    wholeReal: '心电图与采集电影：{cosine}。',
    overReal: '叠加于采集电影',
    failed: '未能生成图谱',
  },
  leads: {
    title: '心电图中哪些部分起了作用？',
    explain:
      '依次将每个导联的 0.6 秒拉平，再询问网络。答案发生变化之处，即网络用到之处。这是遮挡法归因，并不显示网络的注意力权重。',
    compute: '计算（数秒）',
    progress: '第 {step} 段，共 {of} 段',
    needsScreening: '记录筛查完成后可用。',
    failed: '未能生成图谱',
    target: '答案',
    raises: '使答案升高',
    lowers: '使答案降低',
    label: '标出对 {target} 起作用之处的心电图。最强：{strongest}。',
    strongest: '作用最强之处',
    stretch: '{lead}，{from}–{to} 秒：{change} {unit}',
    logit: '（对数几率）',
    limits: '颜色深浅相对于作用最强之处。每次只拉平一处：两个导联共同表达的内容看不到；答案的变化也不是疾病的原因。',
  },
}
export default messages
