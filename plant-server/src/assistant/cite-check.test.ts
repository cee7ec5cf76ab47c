import { describe, expect, test } from 'vitest'
import { checkSentences, claimsEffect, evidenceOf, sentencesOf, unsupportedIn } from './cite-check.ts'

const t = Date.UTC(2025, 10, 24, 6, 5)
const evidence = evidenceOf(
  [
    { order: 'WO-1043', late: 125, share: 0.0832, moisture: 12.4567, end: t, big: 12345, machines: ['PRI-DRY-1'] },
    { quote: 'Hold 2.0 bar for 10 minutes, then raise to 3.5 bar.' },
  ],
  'Asia/Shanghai',
)

describe('what has evidence is kept', () => {
  test.each([
    'Order WO-1043 is 125 min late.',
    'The share is 8.32 % or 8.3%.',
    'Moisture is 12.46 %, roughly 12.5.',
    'It ends at 2025-11-24 14:05.',
    '计划 14:05 结束，设备 PRI-DRY-1。',
    'There are 12,345 of them.',
    'Hold 2.0 bar for ten minutes.',
    '保持十分钟。',
    'Nothing to count here.',
  ])('%s', sentence => {
    expect(unsupportedIn(sentence, evidence)).toEqual([])
  })
})

describe('what has none is found', () => {
  test.each([
    ['Order WO-1044 is late.', 'WO-1044'],
    ['It is 126 min late.', '126'],
    ['Moisture is 12.47 %.', '12.47'],
    ['The share is 8.4 %.', '8.4'],
    ['It ends at 2025-11-24 15:05.', '2025-11-24 15:05'],
    ['It ends at 09:00.', '09:00'],
    ['Three machines are down.', 'Three'],
    ['共有七台设备。', '七'],
    ['Raise it to 4 bar.', '4'],
  ])('%s', (sentence, missing) => {
    expect(unsupportedIn(sentence, evidence)).toEqual([missing])
  })
})

test('a prose is divided into kept and struck sentences', () => {
  const prose = 'WO-1043 is 125 min late. It costs 900 euros.\n水分 12.46 %。损失 3000 元。'
  expect(checkSentences(sentencesOf(prose), evidence)).toEqual({
    kept: ['WO-1043 is 125 min late.', '水分 12.46 %。'],
    struck: ['It costs 900 euros.', '损失 3000 元。'],
  })
})

test('claims of having acted are recognised', () => {
  for (const claim of ['I have released the schedule.', 'The plan was published.', '已发布新计划。', '已写入设定值。'])
    expect(claimsEffect(claim), claim).toBe(true)
  for (const fine of ['A planner publishes it on the card.', '尚未生效：请计划员发布。'])
    expect(claimsEffect(fine), fine).toBe(false)
})
