import AxeBuilder from '@axe-core/playwright'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'

const PAGES = [
  '/',
  '/lines/primary',
  '/lines/packing',
  '/alarms',
  '/trends?tags=primary/dryer/outlet_moisture',
  '/tags',
  '/inspections',
  '/lots',
  '/orders',
  '/plc',
  '/assistant',
  '/knowledge',
  '/system',
]

/** Opens each page in each language: a heading, no thrown error, no serious finding of axe. */
export async function everyPageOpens({ plant, browser }: Here): Promise<void> {
  for (const lang of ['zh', 'en'] as const) {
    const { page, errors, context } = await signIn(browser, plant.url, 'process', lang)
    for (const path of PAGES) {
      await page.goto(`${plant.url}${path}`)
      const heading = page.locator('h1').first()
      await heading.waitFor()
      expect((await heading.textContent())?.length, `${lang} ${path}`).toBeGreaterThan(0)
      await page.waitForLoadState('networkidle').catch(() => {})
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
      const serious = violations.filter(each => each.impact === 'critical' || each.impact === 'serious')
      expect(
        serious.map(each => `${each.id}: ${each.nodes[0]?.html.slice(0, 120)}`),
        `${lang} ${path}`,
      ).toEqual([])
    }
    expect(errors, lang).toEqual([])
    await context.close()
  }
}
