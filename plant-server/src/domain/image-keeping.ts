/** Which images go, pure: each is kept as long as its worst verdict asks, and the store is bounded. */
import type { Verdict } from '@millwright/contract'

export interface ImageRules {
  /** Bytes of all images together. */
  readonly maxBytes: number
  /** Days after the capture. */
  readonly keepDays: Readonly<Record<Verdict, number>>
}

export const DEFAULT_IMAGE_RULES: ImageRules = {
  maxBytes: 50 * 2 ** 30,
  // What failed is evidence; what passed is rarely looked at again.
  keepDays: { fail: 365, review: 180, pass: 30 },
}

export interface HeldImage {
  readonly sha256: string
  readonly bytes: number
  /** Of its latest capture, ms; of the file where no inspection names it. */
  readonly t: number
  /** The worst of its verdicts, by inspection or by a person; undefined where no inspection names it. */
  readonly verdict: Verdict | undefined
}

const DAY_MS = 86_400_000
/** An image comes before its inspection: so long it is waited for. */
const ORPHAN_DAYS = 7
/** Passes go first, then what was doubtful, then fails. */
const ORDER: readonly (Verdict | undefined)[] = [undefined, 'pass', 'review', 'fail']

export const worse = (a: Verdict | undefined, b: Verdict | undefined): Verdict | undefined =>
  ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b

/** Those that are past their time, and, where the bound is passed, the least worth down to 95 % of it. */
export function imagesToRemove(held: readonly HeldImage[], rules: ImageRules, now: number): HeldImage[] {
  const days = ({ verdict }: HeldImage) => (verdict === undefined ? ORPHAN_DAYS : rules.keepDays[verdict])
  const isPast = (image: HeldImage) => now - image.t > days(image) * DAY_MS
  const gone = held.filter(isPast)
  const left = held.filter(image => !isPast(image))
  let bytes = left.reduce((sum, image) => sum + image.bytes, 0)
  if (bytes <= rules.maxBytes) return gone
  const fresh = (image: HeldImage) => image.verdict === undefined && now - image.t < DAY_MS
  const byWorth = left
    .filter(image => !fresh(image))
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || a.t - b.t)
  for (const image of byWorth) {
    if (bytes <= rules.maxBytes * 0.95) break
    gone.push(image)
    bytes -= image.bytes
  }
  return gone
}
