import type { Machine, Span } from '../domain/schedule/model.ts'
import { join, subtract } from '../domain/schedule/spans.ts'
import type { Shop, WorkUnit } from './plant.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
/** How far ahead calendars are written out; behind it machines count as open. */
const HORIZON_DAYS = 120

export interface Downtime {
  /** A work unit, or anything above it: then all its work units are down. */
  readonly equipment: string
  readonly from: number
  readonly to: number
}

/** A work unit as the solver's machine: calendar, maintenance and downtimes written out, set-ups by plant-wide family. */
export function toMachine(
  shop: Shop,
  unit: WorkUnit,
  families: readonly string[],
  origin: number,
  downtimes: readonly Downtime[],
): Machine {
  const closed = [...unit.maintenance, ...downtimes.filter(({ equipment }) => unit.within.includes(equipment))]
  const holes = closed.map(({ from, to }) => ({
    start: Math.floor((from - origin) / MINUTE_MS),
    end: Math.ceil((to - origin) / MINUTE_MS),
  }))
  const calendar = shop.calendars.find(({ id }) => id === unit.calendar)
  const family = families.indexOf(unit.family ?? '')
  const days = Array.from({ length: HORIZON_DAYS + 2 }, (_, day) => day - 1)
  const firstDay = Math.floor((origin - shop.dayZero) / MINUTE_MS / DAY_MINUTES)
  const dayZero = (shop.dayZero - origin) / MINUTE_MS
  const end = dayZero + (firstDay + HORIZON_DAYS + 1) * DAY_MINUTES
  const windows =
    calendar === undefined
      ? [{ start: dayZero + (firstDay - 1) * DAY_MINUTES, end }]
      : days.flatMap(day => windowsOfDay(calendar, firstDay + day, dayZero))
  const isAlways = calendar === undefined && holes.length === 0
  return {
    open: isAlways ? null : subtract(join(windows), holes),
    setup: setupMatrix(shop, unit, families),
    family: family < 0 ? null : family,
  }
}

/** The unit's table, widened to the families of all tables; a family that its own table lacks needs no set-up. */
function setupMatrix(shop: Shop, unit: WorkUnit, families: readonly string[]): number[][] | null {
  const table = shop.setups.find(({ id }) => id === unit.setup)
  if (table === undefined) return null
  const row = families.map(family => table.families.indexOf(family))
  return row.map(from => row.map(to => table.minutes[from]?.[to] ?? 0))
}

function windowsOfDay(calendar: Shop['calendars'][number], day: number, dayZero: number): Span[] {
  const inCycle = ((day % calendar.cycleDays) + calendar.cycleDays) % calendar.cycleDays
  const midnight = Math.round(dayZero + day * DAY_MINUTES)
  return calendar.shifts
    .filter(shift => shift.day === inCycle)
    .map(({ from, to }) => ({ start: midnight + from, end: midnight + to }))
}
