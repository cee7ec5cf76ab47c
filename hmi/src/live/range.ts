/** A time range as the URL keeps it: `1h` follows live, `1764000000000-1764003600000` stands still. Pure. */

export const LIVE_SPANS = {
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '8h': 28_800_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
} as const
export type LiveSpan = keyof typeof LIVE_SPANS

export type TimeRange =
  | { readonly kind: 'live'; readonly span: LiveSpan }
  | { readonly kind: 'fixed'; readonly from: number; readonly to: number }

export const isLiveSpan = (text: string): text is LiveSpan => Object.hasOwn(LIVE_SPANS, text)

export function parseRange(text: unknown, otherwise: LiveSpan = '1h'): TimeRange {
  if (typeof text !== 'string') return { kind: 'live', span: otherwise }
  if (isLiveSpan(text)) return { kind: 'live', span: text }
  const [from, to] = text.split('-').map(Number)
  if (from !== undefined && to !== undefined && Number.isFinite(from) && Number.isFinite(to) && from < to)
    return { kind: 'fixed', from, to }
  return { kind: 'live', span: otherwise }
}

export const printRange = (range: TimeRange): string =>
  range.kind === 'live' ? range.span : `${Math.round(range.from)}-${Math.round(range.to)}`

export const spanOf = (range: TimeRange): number =>
  range.kind === 'live' ? LIVE_SPANS[range.span] : range.to - range.from

export const boundsOf = (range: TimeRange, now: number): { readonly from: number; readonly to: number } =>
  range.kind === 'live' ? { from: now - LIVE_SPANS[range.span], to: now } : { from: range.from, to: range.to }
