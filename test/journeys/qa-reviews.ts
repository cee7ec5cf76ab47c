import type { Inspection } from '@millwright/contract'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'
import { waitFor } from './support/wait.ts'

/** Real photographs inspected; one opened, zoomed, its reasons read; one overturned, one confirmed. */
export async function qaReviews({ plant, browser }: Here): Promise<void> {
  const { page, api, errors, context } = await signIn(browser, plant.url, 'qa', 'en')
  const list = await waitFor('three inspections that found defects', 120_000, async () => {
    const { body } = await api<Inspection[]>('GET', '/api/inspections?limit=50')
    const judged = body.filter(each => each.line.defects.length > 0)
    return judged.length >= 3 ? judged : undefined
  })
  await page.goto(`${plant.url}/inspections`)
  await page.getByTestId('inspection-tile').first().waitFor()

  await page.goto(`${plant.url}/inspections/${encodeURIComponent(list[0]!.id)}`)
  const image = page.getByTestId('inspection-image')
  await image.waitFor()
  expect(await image.getAttribute('data-zoom')).toBe('1.00')
  await image.hover()
  await page.mouse.wheel(0, -400)
  await waitFor('the image to be nearer', 5000, async () => Number(await image.getAttribute('data-zoom')) > 1)
  await page.getByTestId('defect').first().click()
  expect(await page.getByTestId('defect').first().textContent()).toMatch(/\d/)

  const [first, second] = [list[0]!, list[1]!]
  await review(first, 'Overturn the verdict', 'Defective')
  await review(second, 'Confirm the verdict', 'Good')
  const { body: reviewed } = await api<Inspection>('GET', `/api/inspections/${encodeURIComponent(first.id)}`)
  expect(reviewed.review).toMatchObject({ by: 'qa' })
  expect(errors).toEqual([])
  await context.close()

  /** Where the machine left the verdict open, a person says what the part is. */
  async function review(inspection: Inspection, decision: string, truth: string): Promise<void> {
    await page.goto(`${plant.url}/inspections/${encodeURIComponent(inspection.id)}`)
    const button = page.getByRole('button', {
      name: inspection.line.verdict === 'review' ? truth : decision,
      exact: true,
    })
    await button.click()
    await page.getByTestId('review-state').waitFor()
  }
}
