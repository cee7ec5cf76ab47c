import type { Answer, OrderStatus, Plan } from '@millwright/contract'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'
import { waitFor } from './support/wait.ts'

/** When is it done and why late; a machine down for four hours; the difference; published; undone. */
export async function plannerWhatIf({ plant, browser }: Here): Promise<void> {
  const { page, api, errors, context } = await signIn(browser, plant.url, 'planner', 'en')
  const plan = await waitFor(
    'a plan in force',
    90_000,
    async () => (await api<Plan | null>('GET', '/api/plans/current')).body,
  )
  const { body: orders } = await api<OrderStatus[]>('GET', '/api/orders')
  const late = orders.find(each => each.lateMinutes > 0) ?? orders[0]!

  const { body: answer } = await api<Answer>('POST', '/api/assistant/ask', {
    question: `When is ${late.order.id} done, and why is it late?`,
    lang: 'en',
  })
  expect(answer.tools[0]).toMatchObject({ name: 'getOrder', ok: true })
  expect(answer.answer).toContain(late.order.id)

  const machine =
    plan.operations.find(each => !each.frozen && each.start > Date.now() && each.start < Date.now() + 4 * 3_600_000) ??
    plan.operations.find(each => !each.frozen)!
  await page.goto(`${plant.url}/assistant`)
  await page.locator('form textarea').fill(`What if ${machine.equipment} is down for 4 hours?`)
  await page.locator('form textarea').press('Enter')
  const card = page.getByTestId('action-proposal')
  await card.waitFor({ timeout: 90_000 })
  expect(await card.getByTestId('plan-diff').count()).toBe(1)
  expect((await api<Plan>('GET', '/api/plans/current')).body.id, 'nothing changes before approval').toBe(plan.id)

  await page.goto(`${plant.url}/orders`)
  await page.locator(`[data-testid=plan-facts][data-plan="${plan.id}"]`).waitFor()
  await page.getByTestId('action-proposal').first().getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('dryer repair')
  await page.getByRole('dialog').locator('button[type=submit]').click()
  const published = await waitFor('the new plan in force', 20_000, async () => {
    const { body } = await api<Plan>('GET', '/api/plans/current')
    return body.id === plan.id ? undefined : body
  })
  expect(published.verified).toBe(true)
  await page.locator(`[data-testid=plan-facts][data-plan="${published.id}"]`).waitFor()

  await page.getByRole('button', { name: 'Undo publishing' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('repaired already')
  await page.getByRole('dialog').locator('button[type=submit]').click()
  await page.locator(`[data-testid=plan-facts][data-plan="${plan.id}"]`).waitFor()
  expect(errors).toEqual([])
  await context.close()
}
