/** Words that stand as values in problems: said in the reader's language, kept as codes in the record. */
import type { Role } from '../session.ts'
import type { LocalText } from '../text.ts'

const nouns: Readonly<Record<string, LocalText>> = {
  address: { zh: '地址', en: 'address' },
  agent: { zh: '边缘代理', en: 'edge agent' },
  alarm: { zh: '报警', en: 'alarm' },
  document: { zh: '文档', en: 'document' },
  equipment: { zh: '设备', en: 'equipment' },
  image: { zh: '图像', en: 'image' },
  inspection: { zh: '检验记录', en: 'inspection' },
  loop: { zh: '回路', en: 'loop' },
  lot: { zh: '批次', en: 'lot' },
  order: { zh: '工单', en: 'order' },
  plan: { zh: '计划', en: 'plan' },
  plant: { zh: '工厂', en: 'plant' },
  product: { zh: '产品', en: 'product' },
  proposal: { zh: '建议', en: 'proposal' },
  tag: { zh: '点位', en: 'tag' },
  tool: { zh: '工具', en: 'tool' },
  user: { zh: '用户', en: 'user' },
}

const roles: Readonly<Record<Role, LocalText>> = {
  operator: { zh: '操作员', en: 'operator' },
  qa_engineer: { zh: '质量工程师', en: 'QA engineer' },
  process_engineer: { zh: '工艺工程师', en: 'process engineer' },
  planner: { zh: '计划员', en: 'planner' },
  administrator: { zh: '管理员', en: 'administrator' },
}

const inWords = (value: string, words: Readonly<Record<string, LocalText>>): string | LocalText => words[value] ?? value

/** A list of role codes, `a, b`, in words. */
function roleList(codes: string): LocalText {
  const known = codes.split(/,\s*/).map(code => inWords(code, roles))
  const join = (lang: 'zh' | 'en') => known.map(one => (typeof one === 'string' ? one : one[lang]))
  return { zh: join('zh').join('、'), en: join('en').join(', ') }
}

/** A problem's values as they are said: `what` and `role`s in words, the rest as it is. */
export function sayValues(
  values: Readonly<Record<string, string | number>>,
): Readonly<Record<string, string | number | LocalText>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'number') return [name, value]
      if (name === 'what') return [name, inWords(value, nouns)]
      if (name === 'role' || name === 'roles') return [name, roleList(value)]
      return [name, value]
    }),
  )
}
