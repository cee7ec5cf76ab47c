import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inspection, InspectionReport, Lot } from '@millwright/contract'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'
import { waitFor } from './support/wait.ts'

/** The report of a lot as PDF and HTML in both languages; its figures equal a count over the records. */
export async function qaReports({ plant, browser }: Here): Promise<void> {
  const { page, api, errors, context } = await signIn(browser, plant.url, 'qa', 'zh')
  const lot = await waitFor('a lot with inspections', 120_000, async () =>
    (await api<Lot[]>('GET', '/api/lots')).body.find(each => each.captures >= 3),
  )
  await page.goto(`${plant.url}/lots/${encodeURIComponent(lot.id)}`)
  await page.getByTestId('report-pdf-zh').waitFor()
  for (const [kind, type] of [
    ['pdf', 'application/pdf'],
    ['html', 'text/html'],
  ] as const) {
    for (const lang of ['zh', 'en'] as const) {
      const href = await page.getByTestId(`report-${kind}-${lang}`).getAttribute('href')
      const reply = await context.request.get(`${plant.url}${href}`)
      expect(reply.status(), `${kind} ${lang}`).toBe(200)
      expect(reply.headers()['content-type']).toContain(type)
      expect((await reply.body()).length).toBeGreaterThan(3000)
    }
  }

  const { body: report } = await api<InspectionReport>('GET', `/api/lots/${encodeURIComponent(lot.id)}/report`)
  const { body: rows } = await api<Inspection[]>('GET', `/api/inspections?limit=1000&lot=${encodeURIComponent(lot.id)}`)
  const counted = rows.filter(row => row.t <= report.lot.to)
  expect(report.summary.captures).toBe(counted.length)
  for (const verdict of ['pass', 'fail'] as const)
    expect(report.summary[verdict], verdict).toBe(counted.filter(row => row.line.verdict === verdict).length)

  const folder = mkdtempSync(join(tmpdir(), 'mw-report-'))
  try {
    const out = join(folder, 'report.pdf')
    const made = await plant.command(
      'mw-plant',
      'report',
      'inspection',
      '--lot',
      lot.id,
      '--lang',
      'zh',
      '--format',
      'pdf',
      '--out',
      out,
    )
    expect(made.status, made.err).toBe(0)
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
    const text = execFileSync('pdftotext', ['-layout', out, '-'], { encoding: 'utf8' })
    expect(text).toContain('检验报告')
    expect(text).toContain(lot.id)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  expect(errors).toEqual([])
  await context.close()
}
