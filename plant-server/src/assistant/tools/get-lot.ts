import { type Lot, ProblemError } from '@millwright/contract'
import { Type } from 'typebox'
import { qualityAnswers } from '../words/quality.ts'
import { say } from '../words/say.ts'
import { defineTool, everyone } from './tool.ts'

interface LotResult {
  lot: Lot | null
  /** Where the report of the lot is, PDF in the reader's language. */
  report: { zh: string; en: string } | null
}

/** A lot and where its inspection report is; without a name, the newest lot. */
export const getLot = defineTool({
  name: 'getLot',
  description: 'A lot with its counts and the address of its inspection report; without `lot`, the newest one.',
  schema: Type.Object({ lot: Type.Optional(Type.String({ maxLength: 200 })) }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, memory }) {
    const lots = await plant.figures.lots({ limit: 1000 })
    const lot = args.lot === undefined ? lots[0] : lots.find(entry => entry.id === args.lot)
    if (lot === undefined && args.lot !== undefined)
      throw new ProblemError({ code: 'MW-2004', values: { what: 'lot', id: args.lot } })
    if (lot !== undefined) memory.lot = lot.id
    const link = (lang: string) => `/api/lots/${encodeURIComponent(lot?.id ?? '')}/report-file?lang=${lang}&format=pdf`
    const result: LotResult = {
      lot: lot ?? null,
      report: lot === undefined ? null : { zh: link('zh'), en: link('en') },
    }
    return { result }
  },
  say({ lot, report }: LotResult, { lang }) {
    if (lot === null || report === null) return [say(qualityAnswers.noLots, lang)]
    const { captures, pass, fail, review, reviewed } = lot
    return [
      say(qualityAnswers.lotRow, lang, { lot: lot.id, station: lot.station, captures, pass, fail, review, reviewed }),
      say(qualityAnswers.report, lang, { link: report[lang] }),
    ]
  },
})
