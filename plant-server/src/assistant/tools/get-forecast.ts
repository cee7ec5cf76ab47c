import type { LocalText } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import { figure, say } from '../words/say.ts'
import { forecastStateWords, signalWords } from '../words/signals.ts'
import { defineTool, everyone } from './tool.ts'

interface ForecastResult {
  /** Of the interval lo..hi. */
  intervalPercent: 90
  loops: {
    loop: string
    name: LocalText
    unit: string
    state: string
    t: number
    value: number
    lo: number
    hi: number
    setpoint: number
    low: number
    high: number
    reasons: LocalText[]
  }[]
}

/** Where a controlled value is heading: the forecast at its horizon. */
export const getForecast = defineTool({
  name: 'getForecast',
  description: 'Forecast of the control loops at the horizon, with 90 % interval, target and quality limits.',
  schema: Type.Object({ loop: Type.Optional(Type.String({ maxLength: 100 })) }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant }) {
    const definitions = await plant.tags.definitions()
    const loops = (await plant.loops.loops()).filter(({ loop }) => args.loop === undefined || loop === args.loop)
    const rows: ForecastResult['loops'] = []
    for (const loop of loops) {
      const forecast = await plant.loops.forecast(loop.loop)
      const end = forecast?.points.at(-1)
      if (forecast === null || end === undefined) continue
      const target = definitions.find(entry => entry.tag === loop.target)
      rows.push({
        loop: loop.loop,
        name: target?.description ?? { zh: loop.target, en: loop.target },
        unit: target?.unit ?? '',
        state: forecast.state,
        t: end.t,
        value: Number(end.y.toFixed(3)),
        lo: Number(end.lo.toFixed(3)),
        hi: Number(end.hi.toFixed(3)),
        setpoint: loop.setpoint,
        low: loop.low,
        high: loop.high,
        reasons: forecast.reasons.map(reason => reason.text),
      })
    }
    return { result: { intervalPercent: 90, loops: rows } satisfies ForecastResult }
  },
  say(result: ForecastResult, { lang, timeZone }) {
    if (result.loops.length === 0) return [say(signalWords.noForecast, lang)]
    return result.loops.flatMap(row => [
      say(signalWords.forecast, lang, {
        loop: row.loop,
        name: row.name,
        unit: row.unit,
        t: showTime(row.t, timeZone),
        percent: result.intervalPercent,
        value: figure(row.value),
        lo: figure(row.lo),
        hi: figure(row.hi),
        setpoint: figure(row.setpoint),
        low: figure(row.low),
        high: figure(row.high),
      }),
      say(signalWords.forecastState, lang, { state: forecastStateWords[row.state] ?? row.state }),
    ])
  },
})
