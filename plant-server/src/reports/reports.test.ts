import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type InspectionReport, manualClock, parser, InspectionReport as ReportSchema } from '@millwright/contract'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { memoryInspections } from '../quality/memory-inspections.ts'
import type { Thumbnails } from '../quality/ports.ts'
import { typesetInWorker } from './pdf.ts'
import { createReports } from './reports.ts'
import { sampleLot } from './sample-lot.ts'

const t0 = Date.UTC(2025, 10, 24, 1, 30)
const lot = 'WO-1043.packing-aoi-1'
const rows = sampleLot(lot, t0)
const me = { name: 'qa' }

const thumbnails: Thumbnails = {
  jpeg: async (sha256, width) => {
    const hue = Number.parseInt(sha256.slice(0, 2), 16)
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="270"><rect width="480" height="270" fill="hsl(210,12%,${20 + hue / 10}%)"/><path d="M60 200 L${200 + hue} 60" stroke="#cdd" stroke-width="3"/></svg>`
    return sharp(Buffer.from(svg)).resize(width).jpeg().toBuffer()
  },
}

const reports = createReports({
  inspections: memoryInspections(rows),
  thumbnails,
  pdf: typesetInWorker,
  clock: manualClock(t0 + 7_200_000),
  timeZone: 'Asia/Shanghai',
  orderOf: async () => ({ order: 'WO-1043', product: 'LP14' }),
})

const hasPoppler = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** Set to a folder to keep the files and look at them. */
const keep = process.env.MILLWRIGHT_KEEP_REPORTS
async function fileOf(lang: 'zh' | 'en', format: 'pdf' | 'html') {
  const file = await reports.file(lot, { lang, format }, me)
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true })
    writeFileSync(join(keep, file.fileName!), file.body)
  }
  return file
}

const at = (model: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], model)

describe('model', () => {
  test('fits the contract; its figures equal counts over the rows; the hash changes with any row', async () => {
    const model = await reports.model(lot, me)
    expect(parser(ReportSchema).parse(JSON.parse(JSON.stringify(model))).ok).toBe(true)
    expect(model.summary.captures).toBe(rows.length)
    expect(model.summary.fail).toBe(rows.filter(row => row.line.verdict === 'fail').length)
    expect(model.defects).toHaveLength(rows.flatMap(row => row.line.defects).length)
    expect(model.reviews).toHaveLength(rows.filter(row => row.review !== undefined).length)
    const other = createReports({
      inspections: memoryInspections(rows.map((row, i) => (i === 3 ? { ...row, bytes: row.bytes + 1 } : row))),
      thumbnails,
      pdf: typesetInWorker,
      clock: manualClock(t0),
      timeZone: 'Asia/Shanghai',
    })
    expect((await other.model(lot, me)).dataHash).not.toBe(model.dataHash)
    expect((await reports.model(lot, { name: 'someone else' })).dataHash).toBe(model.dataHash)
  })

  test('a lot without inspections is refused', async () => {
    await expect(reports.model('none', me)).rejects.toThrow(/MW-4001/)
  })
})

describe('html', () => {
  test.each(['zh', 'en'] as const)('%s: every keyed count is the model figure; nothing is fetched', async lang => {
    const html = String((await fileOf(lang, 'html')).body)
    const model: InspectionReport = await reports.model(lot, me)
    const figures = [...html.matchAll(/data-key="([^"]+)">([^<]*)</g)]
    const counts = figures.filter(([, key]) => typeof at(model, key!) === 'number' && Number.isInteger(at(model, key!)))
    const numbers = counts.filter(([, , text]) => /^\d+$/.test(text!))
    expect(numbers.length).toBeGreaterThan(20)
    for (const [, key, text] of numbers) expect(`${key} ${text}`).toBe(`${key} ${at(model, key!)}`)
    expect(html).toContain(model.dataHash)
    expect(html).not.toMatch(/(src|href)="(?!data:)/)
    expect(html).toContain(lang === 'zh' ? '漏检率' : 'Escape rate')
  })

  test('each defect of a pictured capture is framed where its box lies', async () => {
    const html = String((await fileOf('en', 'html')).body)
    const pictured = [...html.matchAll(/<figcaption>([^<]+)</g)].map(match => match[1])
    const shown = rows.filter(row => pictured.includes(row.line.image))
    expect(shown.length).toBeGreaterThan(0)
    const boxes = shown.flatMap(row => row.line.defects.map(defect => defect.bbox))
    const frames = [...html.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"\/>/g)].map(
      ([, ...numbers]) => numbers.map(Number) as [number, number, number, number],
    )
    expect(frames.length).toBe(boxes.length)
    for (const [x, y, w, h] of boxes)
      expect(
        frames.some(f => f[0] <= x && f[1] <= y && f[0] + f[2] >= x + w && f[1] + f[3] >= y + h && f[2] < w + 40),
      ).toBe(true)
  })

  test('text from records cannot become markup', async () => {
    const [first, ...rest] = rows
    const evil = { ...first!, review: { ...rows[0]!.review!, comment: '<script>alert(1)</script>' } }
    const service = createReports({
      inspections: memoryInspections([evil, ...rest]),
      thumbnails,
      pdf: typesetInWorker,
      clock: manualClock(t0),
      timeZone: 'UTC',
    })
    const html = String((await service.file(lot, { lang: 'en', format: 'html' }, me)).body)
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;')
  })
})

describe('pdf', () => {
  test.skipIf(!hasPoppler).each(['zh', 'en'] as const)(
    '%s: text can be taken out again, pages are numbered',
    async lang => {
      const file = await fileOf(lang, 'pdf')
      expect(file.mediaType).toBe('application/pdf')
      const path = join(mkdtempSync(join(tmpdir(), 'mw-report-')), 'report.pdf')
      writeFileSync(path, file.body)
      const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
      const model = await reports.model(lot, me)
      const squeezed = text.replaceAll(/\s+/g, '')
      for (const sentence of model.conclusion) expect(squeezed).toContain(sentence[lang].replaceAll(/\s+/g, ''))
      expect(text).toContain(model.dataHash)
      expect(text).toContain(lot)
      expect(squeezed).toMatch(lang === 'zh' ? /第1页，共\d页/ : /Page1of\d/)
      expect(squeezed).toContain(lang === 'zh' ? '过杀率' : 'Overkillrate')
    },
  )

  test('what Typst cannot make is a coded refusal', async () => {
    const view = { lang: 'en' } as never
    await expect(typesetInWorker({ view, pictures: new Map(), creationTime_ms: 0 })).rejects.toThrow(/MW-4002/)
  })
})
