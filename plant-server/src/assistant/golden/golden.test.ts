import { afterAll, expect, test } from 'vitest'
import type { Caller } from '../../http/handlers.ts'
import { createAssistant } from '../assistant.ts'
import { createConversations } from '../conversations.ts'
import { testPlant } from '../testing-plant.ts'
import { type GoldenQuestion, goldenQuestions } from './questions.ts'

const LEAST_ACCURACY = 0.95
const demo = await testPlant()
afterAll(() => demo.close())

const assistant = createAssistant({ ...demo, conversations: createConversations(), stopwatch: () => performance.now() })
/** Of the questions that plan nothing, ms. */
const times: number[] = []
const caller: Caller = { name: 'admin', role: 'administrator', lang: 'en' }

async function faultOf(question: GoldenQuestion): Promise<string | undefined> {
  const answer = await assistant.ask(question.ask, caller)
  if (question.tool !== 'whatIf') times.push(answer.ms)
  const [first] = answer.tools
  const got = `${first?.name ?? 'nothing'} ${JSON.stringify(first?.arguments ?? {})}${answer.refused === undefined ? '' : ` refused ${answer.refused}`}`
  if (answer.struck.length > 0) return `struck: ${answer.struck.join(' | ')}`
  if (question.tool === null) return answer.refused === undefined ? `answered by ${got}` : undefined
  if (answer.refused !== undefined || first?.name !== question.tool || !first.ok) return got
  for (const [name, value] of Object.entries(question.with ?? {}))
    if (JSON.stringify(first.arguments[name]) !== JSON.stringify(value)) return `${name}: ${got}`
  const cites = `${answer.citations[0]?.doc}#${answer.citations[0]?.anchor}`
  if (question.cites !== undefined && cites !== question.cites) return `cites ${cites}`
  return undefined
}

test('the golden set is answered by the right tool with the right arguments', { timeout: 300_000 }, async () => {
  const faults: string[] = []
  for (const question of goldenQuestions) {
    const fault = await faultOf(question)
    if (fault !== undefined) faults.push(`${question.ask} → ${fault}`)
  }
  const accuracy = 1 - faults.length / goldenQuestions.length
  process.stdout.write(
    `golden set: ${goldenQuestions.length - faults.length} of ${goldenQuestions.length} (${(100 * accuracy).toFixed(1)} %), median ${median(times)} ms\n${faults.map(fault => `  ${fault}\n`).join('')}`,
  )
  expect(goldenQuestions.length).toBeGreaterThanOrEqual(60)
  expect(accuracy, faults.join('\n')).toBeGreaterThanOrEqual(LEAST_ACCURACY)
})

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
