/** How long an answer takes. */
import type { Answer } from '@millwright/contract'
import { median, percentile, spreadOf } from './figures.ts'
import { type Bench, failure } from './row.ts'
import { timedCommand } from './support/command.ts'

/** Ten subjects, each asked in both languages. */
const QUESTIONS: readonly (readonly [zh: string, en: string])[] = [
  ['烘丝机出口水分是多少？', 'What is the dryer outlet moisture?'],
  ['一小时前烘丝机出口水分是多少？', 'What was the dryer outlet moisture an hour ago?'],
  ['当前有哪些报警？', 'Which alarms are active?'],
  ['今天的过杀率是多少？', 'What is the overkill today?'],
  ['WO-1043 什么时候完成？', 'When is order 1043 done, and why is it late?'],
  ['哪些工单会晚？', 'Which orders are late?'],
  ['哪台设备最忙', 'What is the bottleneck?'],
  ['如果1号烘丝机停机4小时会怎样？', 'What if dryer 2 is down for 4 hours?'],
  ['挂牌上锁第3步是什么？', 'What do I do when the outlet moisture is too high?'],
  ['昨天谁赢了足球比赛？', 'Who won the football match yesterday?'],
]

export const ask: Bench = {
  name: 'ask',
  unit: 'ms',
  async run(options) {
    // A sample holds both languages and the costly what-if.
    const subjects = options.quick ? QUESTIONS.slice(6, 9) : QUESTIONS
    const own: number[] = []
    const walls: number[] = []
    for (const question of subjects.flat()) {
      const args = ['ask', question, '--demo', '--json']
      const { status, out, err, wallMs } = await timedCommand('mw-plant', args, { ...options, limitMs: 120_000 })
      if (status !== 0) throw failure(`mw-plant ask "${question}" ended with ${status}: ${err}`)
      const { ms } = JSON.parse(out) as Pick<Answer, 'ms'>
      options.say(`  ${Math.round(ms)} ms ${question}`)
      own.push(ms)
      walls.push(wallMs)
    }
    return {
      name: 'ask',
      unit: 'ms',
      values: {
        p50: median(own),
        p95: percentile(own, 0.95),
        wall_p50: median(walls),
        wall_p95: percentile(walls, 0.95),
      },
      n: own.length,
      spread: spreadOf(own),
      how: 'mw-plant ask --demo --json, half the questions in Chinese and half in English, each in a fresh process on the sample plant; its own ms (question to answer; where a question needs a plan or a what-if, the fixed second of search for each is in it), and the wall time of the command',
    }
  },
}
