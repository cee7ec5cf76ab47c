import { type LocalText, ProblemError } from '@millwright/contract'
import { Type } from 'typebox'
import { DAY, showTime } from '../../domain/quality/plant-day.ts'
import { orderWords } from '../words/orders.ts'
import { say } from '../words/say.ts'
import { Instant, instantArg } from './arguments.ts'
import { defineTool, everyone } from './tool.ts'

interface Load {
  equipment: string
  name: LocalText
  /** Minutes of work and set-up within the span. */
  minutes: number
  /** Percent of the span, calendar not taken off. */
  load: number
  operations: number
  current: { order: string; end: number } | null
  next: { order: string; start: number } | null
}
interface LoadResult {
  from: number
  to: number
  hasPlan: boolean
  machines: Load[]
}

const MOST_SAID = 5

/** How busy machines are in the plan in force: of one machine, or all with the bottleneck first. */
export const getMachineLoad = defineTool({
  name: 'getMachineLoad',
  description:
    'Load of machines in the plan in force (default: the next 24 hours), highest first; with `equipment` only that one, with its present and next order.',
  schema: Type.Object({
    equipment: Type.Optional(Type.String({ description: 'Equipment id, e.g. PRI-DRY-1', maxLength: 64 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, clock }) {
    const now = clock.now()
    const from = args.from === undefined ? now : instantArg('getMachineLoad', args.from)
    const to = args.to === undefined ? from + DAY : instantArg('getMachineLoad', args.to)
    const plan = await plant.orders.currentPlan()
    const units = (await plant.orders.equipment()).filter(
      unit => unit.level === 'work_unit' && (args.equipment === undefined || unit.id === args.equipment),
    )
    if (units.length === 0)
      throw new ProblemError({ code: 'MW-2004', values: { what: 'equipment', id: args.equipment ?? '' } })
    const machines = units.map((unit): Load => {
      const work = (plan?.operations ?? []).filter(operation => operation.equipment === unit.id)
      const inside = work.filter(
        operation => operation.end > from && operation.start - operation.setupMinutes * 60_000 < to,
      )
      const minutes = inside.reduce((sum, operation) => {
        const begin = Math.max(from, operation.start - operation.setupMinutes * 60_000)
        return sum + (Math.min(to, operation.end) - begin) / 60_000
      }, 0)
      const running = work.find(operation => operation.start <= now && operation.end > now)
      const coming = work.filter(operation => operation.start > now).sort((a, b) => a.start - b.start)[0]
      return {
        equipment: unit.id,
        name: unit.name,
        minutes: Math.round(minutes),
        load: Math.round((minutes / ((to - from) / 60_000)) * 100),
        operations: inside.length,
        current: running === undefined ? null : { order: running.order, end: running.end },
        next: coming === undefined ? null : { order: coming.order, start: coming.start },
      }
    })
    const result: LoadResult = {
      from,
      to,
      hasPlan: plan !== null,
      machines: machines.sort((a, b) => b.load - a.load),
    }
    return { result }
  },
  say(result: LoadResult, { lang, timeZone }) {
    if (!result.hasPlan) return [say(orderWords.noPlan, lang)]
    const time = (t: number) => showTime(t, timeZone)
    const row = (machine: Load) =>
      say(orderWords.load, lang, {
        equipment: machine.name,
        from: time(result.from),
        to: time(result.to),
        load: machine.load,
        minutes: machine.minutes,
        operations: machine.operations,
      })
    const [first] = result.machines
    if (first === undefined) return []
    if (result.machines.length > 1)
      return [
        say(orderWords.bottleneck, lang, { equipment: first.name, load: first.load }),
        ...result.machines.slice(0, MOST_SAID).map(row),
      ]
    const { current, next } = first
    return [
      row(first),
      ...(current === null
        ? [say(orderWords.idle, lang)]
        : [say(orderWords.current, lang, { order: current.order, end: time(current.end) })]),
      ...(next === null ? [] : [say(orderWords.next, lang, { order: next.order, start: time(next.start) })]),
    ]
  },
})
