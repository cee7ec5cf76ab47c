import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'
import { runCommand } from './support/plant.ts'

/** Two alternating pumps asked for in Chinese, changed in English: specification, code, diagnostics, chart, evidence, download. */
export async function engineerDraftsPlc({ plant, browser }: Here): Promise<void> {
  const { page, errors, context } = await signIn(browser, plant.url, 'process', 'zh')
  await page.goto(`${plant.url}/assistant`)
  const ask = async (question: string, nth: number) => {
    await page.locator('form textarea').fill(question)
    await page.locator('form textarea').press('Enter')
    const answer = page.getByTestId('answer').nth(nth)
    await answer.waitFor({ timeout: 60_000 })
    return answer
  }
  const first = await ask('请写两台水泵按液位交替运行的 PLC 程序，带急停；液位 80% 启动，20% 停止', 0)
  await first.getByTestId('plc-specification').waitFor()
  for (const part of ['plc-specification', 'plc-diagnostics', 'plc-scenarios', 'timing-chart', 'plc-evidence']) {
    expect(await first.getByTestId(part).count(), part).toBe(1)
  }
  expect(await first.getByTestId('plc-green').getAttribute('data-green')).toBe('true')

  const second = await ask('Change the start level to 70 %', 1)
  await second.getByTestId('plc-green').waitFor()
  expect(await second.getByTestId('plc-green').getAttribute('data-green')).toBe('true')
  const [download] = await Promise.all([page.waitForEvent('download'), second.getByTestId('download-st').click()])
  const file = await download.path()
  const code = readFileSync(file, 'utf8')
  expect(code).toMatch(/\b70(\.0)?\b/)
  const checked = await runCommand('mw-plc', ['check', file, '--json'])
  expect(checked.status, checked.out + checked.err).toBe(0)
  // A green draft is offered, not saved: saving is a person's decision.
  expect(await second.getByTestId('action-proposal').getAttribute('data-kind')).toBe('save_plc_program')
  expect(errors).toEqual([])
  await context.close()
}
