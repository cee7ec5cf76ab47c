import type { Answer } from '@millwright/contract'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'

/** Today's overkill, a value an hour ago, a step of a procedure (cited, opens at its place), and the unknown (refused). */
export async function anyoneAsks({ plant, browser }: Here): Promise<void> {
  const { page, api, errors, context } = await signIn(browser, plant.url, 'operator', 'en')
  const ask = async (question: string, lang: 'zh' | 'en') =>
    (await api<Answer>('POST', '/api/assistant/ask', { question, lang })).body

  for (const [question, lang] of [
    ['What is the overkill today?', 'en'],
    ['今天的过杀率是多少？', 'zh'],
  ] as const) {
    const answer = await ask(question, lang)
    expect(
      answer.tools.map(each => each.name),
      question,
    ).toContain('getQualitySummary')
    expect(answer.refused).toBeUndefined()
  }
  for (const [question, lang] of [
    ['What was the dryer outlet moisture an hour ago?', 'en'],
    ['一分钟前烘丝机出口水分是多少？', 'zh'],
  ] as const) {
    const answer = await ask(question, lang)
    expect(answer.tools[0]?.arguments, question).toMatchObject({ tag: 'primary/dryer/outlet_moisture' })
  }
  const unknown = await ask('Who won the football match yesterday?', 'en')
  expect(unknown.refused).toBe('MW-5001')
  expect(unknown.citations).toEqual([])

  await page.goto(`${plant.url}/assistant`)
  await page.locator('form textarea').fill('What do I do when the outlet moisture is too high?')
  await page.locator('form textarea').press('Enter')
  const citation = page.getByTestId('citation').first()
  await citation.waitFor()
  await citation.click()
  await page.locator('[data-testid=knowledge-section][data-cited=true]').waitFor()
  const command = await plant.command('mw-plant', 'ask', '今天的过杀率是多少？', '--json')
  expect(command.status, command.err).toBe(0)
  expect(JSON.parse(command.out)).toMatchObject({ engine: 'rules', struck: [] })
  expect(errors).toEqual([])
  await context.close()
}
