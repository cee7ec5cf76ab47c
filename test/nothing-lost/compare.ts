/** What the plant offered against what the historian holds, one tag at a time, pure. */
import type { HistoryPoint } from '@millwright/contract'

export interface Offered {
  readonly t: number
  readonly value: number
}

/** A time during which the agent was connected, ms, both ends inside. */
export interface Window {
  readonly from: number
  readonly to: number
}

export interface Figures {
  /** Values that the plant offered. */
  offered: number
  /** Of them those that must be stored. */
  due: number
  stored: number
  /** Due and not stored, or stored otherwise. */
  lost: number
  /** A time twice within a tag. */
  doubled: number
  /** Stored with another value than the plant offered at that time, or with one it never had. */
  wrong: number
  /** The value in force, said again after a new connection. */
  restated: number
  /** Marks of a time without data. */
  marks: number
  /** Times without an agent over which two good values stand side by side. */
  bridged: number
  /** The first few faults, for people. */
  readonly examples: string[]
}

export const noFigures = (): Figures => ({
  offered: 0,
  due: 0,
  stored: 0,
  lost: 0,
  doubled: 0,
  wrong: 0,
  restated: 0,
  marks: 0,
  bridged: 0,
  examples: [],
})

const MOST_EXAMPLES = 20

/** Windows in which every value is due: from each connection to its end, but for the last second before it. */
export function windowsOf(
  links: readonly { readonly t: number; readonly up: boolean }[],
  end: number,
  lastSecond = 1000,
): Window[] {
  const windows: Window[] = []
  let from: number | undefined
  for (const { t, up } of links) {
    if (from !== undefined) windows.push({ from, to: t - lastSecond })
    from = up ? t : undefined
  }
  if (from !== undefined) windows.push({ from, to: end })
  return windows.filter(window => window.to > window.from)
}

/** `offered` in order of time; adds to `figures`. */
export function compareTag(
  tag: string,
  offered: readonly Offered[],
  windows: readonly Window[],
  stored: readonly HistoryPoint[],
  figures: Figures,
): void {
  const fault = (what: string) => {
    if (figures.examples.length < MOST_EXAMPLES) figures.examples.push(`${tag}: ${what}`)
  }
  const truth = new Map(offered.map(({ t, value }) => [t, value]))
  const found = new Map<number, HistoryPoint>()
  let force = 0
  for (const point of [...stored].sort((a, b) => a[0] - b[0])) {
    const [t, value] = point
    figures.stored += 1
    if (found.has(t)) {
      figures.doubled += 1
      fault(`${t} is stored twice`)
      continue
    }
    found.set(t, point)
    if (value === null) {
      figures.marks += 1
      continue
    }
    while (force + 1 < offered.length && offered[force + 1]!.t <= t) force += 1
    const inForce = offered[force]
    const expected = truth.get(t) ?? inForce?.value
    if (value !== expected) {
      figures.wrong += 1
      fault(`${t} holds ${value}, the plant said ${expected}`)
    } else if (!truth.has(t)) figures.restated += 1
  }
  figures.offered += offered.length
  let window = 0
  for (const { t, value } of offered) {
    while (window < windows.length && windows[window]!.to < t) window += 1
    const due = windows[window]
    if (due === undefined) break
    if (t <= due.from) continue
    figures.due += 1
    const point = found.get(t)
    if (point?.[1] === value && point[2] === 'good') continue
    figures.lost += 1
    const how = point === undefined ? 'not stored' : `stored as ${point[1]} ${point[2]}`
    fault(`${t} = ${value} is ${how}, due from ${due.from} to ${due.to}`)
  }
  const times = [...found.keys()]
  for (const [index, { to }] of windows.entries()) {
    const next = windows[index + 1]
    if (next === undefined) break
    const good = (t: number) => found.get(t)![1] !== null
    const last = times.findLast(t => t <= to && good(t))
    const first = times.find(t => t > next.from && good(t))
    if (last === undefined || first === undefined) continue
    if (times.some(t => last < t && t < first && !good(t))) continue
    figures.bridged += 1
    fault(`no mark between ${last} and ${first}`)
  }
}
