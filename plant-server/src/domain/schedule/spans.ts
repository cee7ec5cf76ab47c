import type { Span } from './model.ts'

/** The spans without `closed`, ascending; spans that touch are joined. */
export function subtract(spans: readonly Span[], closed: readonly Span[]): Span[] {
  let rest = join(spans)
  for (const hole of closed) {
    if (hole.end <= hole.start) continue
    rest = rest.flatMap(({ start, end }) => {
      if (hole.end <= start || hole.start >= end) return [{ start, end }]
      return [
        { start, end: hole.start },
        { start: hole.end, end },
      ].filter(part => part.end > part.start)
    })
  }
  return rest
}

/** Ascending and disjoint, touching ones joined, empty ones gone. */
export function join(spans: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= start) continue
    const latest = joined.at(-1)
    if (latest !== undefined && start <= latest.end) latest.end = Math.max(latest.end, end)
    else joined.push({ start, end })
  }
  return joined
}
