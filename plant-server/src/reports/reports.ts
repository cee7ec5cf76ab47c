/** Inspection reports of lots: as data, and as a file in a language. */
import { type Clock, type InspectionReport, type Lang, ProblemError } from '@millwright/contract'
import { lotFrom } from '../domain/quality/lot.ts'
import type { Caller, FileReply } from '../http/handlers.ts'
import type { InspectionReader, Thumbnails } from '../quality/ports.ts'
import { buildReport } from './build-report.ts'
import { inspectionHtml } from './inspection-html.ts'
import { viewReport } from './inspection-view.ts'
import type { TypesetPdf } from './pdf.ts'
import { marksOf } from './picture-marks.ts'

export interface Reports {
  /** Refuses with MW-4001 where the lot has no inspections. */
  model(lot: string, caller: Pick<Caller, 'name'>): Promise<InspectionReport>
  /** Refuses with MW-4001, or MW-4002 where the file cannot be made. */
  file(
    lot: string,
    as: { lang: Lang; format: 'pdf' | 'html' },
    caller: Pick<Caller, 'name'>,
  ): Promise<FileReply & { readonly body: Buffer }>
}

/** Width of the pictures in a report, px. */
const PICTURE_WIDTH = 480

export function createReports(deps: {
  readonly inspections: InspectionReader
  readonly thumbnails: Thumbnails
  readonly pdf: TypesetPdf
  readonly clock: Clock
  readonly timeZone: string
  /** The order that a lot was made under, where one is known. */
  readonly orderOf?: (lot: string) => Promise<{ order: string; product: string } | undefined>
}): Reports {
  async function load(lot: string, caller: Pick<Caller, 'name'>) {
    const [first, ...rest] = await deps.inspections.select({ lot })
    if (first === undefined) throw new ProblemError({ code: 'MW-4001', place: lot })
    const order = await deps.orderOf?.(lot)
    const rows = [first, ...rest] as const
    const context = { lot: lotFrom([...rows], order), generatedAt: deps.clock.now(), generatedBy: caller.name }
    return { rows, report: buildReport(rows, context) }
  }

  return {
    model: async (lot, caller) => (await load(lot, caller)).report,
    async file(lot, { lang, format }, caller) {
      const { rows, report } = await load(lot, caller)
      const plain = viewReport(report, lang, deps.timeZone)
      const marks = new Map(rows.map(row => [row.id, marksOf(row)]))
      const view = {
        ...plain,
        pictures: plain.pictures.map(picture => {
          const found = marks.get(picture.inspection)
          return found === undefined ? picture : { ...picture, marks: found }
        }),
      }
      const hashes = new Map(rows.map(row => [row.id, row.sha256]))
      const pictures = new Map<string, Uint8Array>()
      for (const { inspection } of view.pictures) {
        const sha256 = hashes.get(inspection)
        const bytes = sha256 === undefined ? undefined : await deps.thumbnails.jpeg(sha256, PICTURE_WIDTH)
        if (bytes !== undefined) pictures.set(inspection, bytes)
      }
      const body =
        format === 'html'
          ? Buffer.from(inspectionHtml(view, pictures))
          : await deps.pdf({ view, pictures, creationTime_ms: report.generatedAt })
      return {
        mediaType: format === 'html' ? 'text/html; charset=utf-8' : 'application/pdf',
        body,
        fileName: `inspection-${lot.replaceAll(/[^A-Za-z0-9._-]/g, '-')}-${lang}.${format}`,
      }
    },
  }
}
