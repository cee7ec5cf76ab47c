import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createLibrary } from './library.ts'
import { parseDocument, stepsOf } from './parse-document.ts'
import { readKnowledgeFolder } from './read-folder.ts'
import { termsOf } from './terms.ts'

const folder = fileURLToPath(new URL('../../../fixtures/knowledge', import.meta.url))
const library = createLibrary(await readKnowledgeFolder(folder))

describe('documents', () => {
  test('the sample documents parse and stand in both languages with the same anchors', () => {
    expect(library.faults).toEqual([])
    const ids = library.list().map(doc => doc.id)
    expect(ids.length).toBeGreaterThanOrEqual(16)
    for (const id of ids.filter(name => name.endsWith('.zh'))) {
      const zh = library.get(id)
      const en = library.get(id.replace(/zh$/, 'en'))
      expect(en.sections.map(section => section.anchor)).toEqual(zh.sections.map(section => section.anchor))
      const steps = (sections: typeof en.sections) => sections.map(section => stepsOf(section.text).length)
      expect(steps(en.sections), id).toEqual(steps(zh.sections))
    }
  })

  test('every fault of a document is named with its place', () => {
    const result = parseDocument('bad name.md', 'no title\n## Heading without anchor\n')
    expect(result.ok).toBe(false)
    if (result.ok) return
    expect(result.fault.map(fault => fault.place)).toEqual([
      'bad name.md:1',
      'bad name.md:1',
      'bad name.md:2',
      'bad name.md:1',
    ])
    expect(createLibrary(new Map([['x.en.md', 'nothing']])).faults.length).toBeGreaterThan(0)
  })
})

test('terms are pairs of Chinese characters and words of the rest', () => {
  expect(termsOf('AOI 检测工位')).toEqual(['aoi', '检测', '测工', '工位'])
  expect(termsOf('How do I clean the alarms?')).toEqual(['clean', 'alarm'])
})

describe('search', () => {
  test.each([
    ['滚筒超温报警怎么处理', 'zh', 'sop-alarms.zh', 'drum-overtemperature'],
    ['怎么开烘丝机', 'zh', 'sop-dryer-start.zh', 'scope|checks|preheat'],
    ['不合格品怎么处理', 'zh', 'sop-nonconformance.zh', 'identify|disposition'],
    ['镜头脏了咋办', 'zh', 'sop-aoi-station.zh', 'cleaning'],
    ['the lens is dirty, what now', 'en', 'sop-aoi-station.en', 'cleaning'],
    ['how do I turn on the dryer', 'en', 'sop-dryer-start.en', 'scope|checks|preheat'],
    ['烘丝机怎么预热', 'zh', 'sop-dryer-start.zh', 'preheat'],
    ['挂牌上锁的步骤', 'zh', 'sop-lockout.zh', 'lock'],
    ['水分高于 13.5 % 持续 3 分钟时怎么做', 'zh', 'sop-moisture-deviation.zh', 'high'],
    ['相机镜头怎么清洁', 'zh', 'sop-aoi-station.zh', 'cleaning'],
    ['怎样测试泵站的急停', 'zh', 'sop-pump-station.zh', 'emergency-stop'],
    ['什么时候启动纠正与预防措施', 'zh', 'sop-nonconformance.zh', 'capa'],
    ['谁有权限改变控制等级', 'zh', 'policy-setpoints.zh', 'roles'],
    ['How do I preheat the dryer?', 'en', 'sop-dryer-start.en', 'preheat'],
    ['What must I do on a feed stop alarm?', 'en', 'sop-alarms.en', 'feed-stop'],
    ['how to lock out and tag a machine', 'en', 'sop-lockout.en', 'lock'],
    ['monthly maintenance of the pumps', 'en', 'sop-pump-station.en', 'monthly'],
    ['How is the camera lens cleaned?', 'en', 'sop-aoi-station.en', 'cleaning'],
    ['emergency shut-down of the dryer', 'en', 'sop-dryer-stop.en', 'emergency'],
    ['what to do when an escape is found', 'en', 'sop-nonconformance.en', 'escape'],
  ] as const)('%s', (question, lang, doc, anchor) => {
    const [best] = library.find(question, lang)
    // Where several sections answer, any of them may come first.
    expect(anchor.split('|').map(one => `${doc}#${one}`)).toContain(`${best?.citation.doc}#${best?.citation.anchor}`)
  })

  test.each([
    ['食堂今天中午吃什么', 'zh'],
    ['公司股票价格是多少', 'zh'],
    ['明天会下雨吗', 'zh'],
    ['What is the capital of France?', 'en'],
    ['Who won the world cup in 2018?', 'en'],
    ['', 'en'],
  ] as const)('nothing supports "%s"', (question, lang) => {
    expect(library.find(question, lang)).toEqual([])
  })
})
