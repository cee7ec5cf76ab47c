import type { Quantity } from './quantities.ts'

export interface Mention<R extends string> {
  readonly role: R
  readonly start: number
  readonly end: number
}

/** Every place where a word for a role stands; where phrases overlap the longest counts ("low level alarm at", not "alarm at"). */
export function findMentions<R extends string>(
  text: string,
  roles: readonly { readonly role: R; readonly pattern: RegExp }[],
): Mention<R>[] {
  const all = roles.flatMap(({ role, pattern }) =>
    [...text.matchAll(pattern)].map(match => ({ role, start: match.index, end: match.index + match[0].length })),
  )
  const found: Mention<R>[] = []
  for (const mention of all.sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!found.some(each => mention.start < each.end && each.start < mention.end)) found.push(mention)
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Further than this, a word and a number have nothing to do with one another. */
const APART = 70

/**
 * Gives each quantity the role whose word stands near it, so that all together stand nearest: signs and conjunctions in
 * between keep them apart. A role and a word are used once; a quantity may stay without.
 */
export function assignRoles<R extends string>(
  text: string,
  quantities: readonly Quantity[],
  mentions: readonly Mention<R>[],
): Map<R, Quantity> {
  const some = quantities.slice(0, 6)
  const costs = some.map(quantity => mentions.map(mention => cost(text, quantity, mention)))
  let best: { total: number; chosen: (number | undefined)[] } = { total: Number.POSITIVE_INFINITY, chosen: [] }
  const choose = (q: number, total: number, chosen: (number | undefined)[], roles: ReadonlySet<R>) => {
    if (total >= best.total) return
    if (q === some.length) {
      best = { total, chosen }
      return
    }
    mentions.forEach((mention, m) => {
      const price = costs[q]![m]!
      if (price < APART && !roles.has(mention.role) && !chosen.includes(m))
        choose(q + 1, total + price, [...chosen, m], new Set([...roles, mention.role]))
    })
    choose(q + 1, total + APART, [...chosen, undefined], roles)
  }
  choose(0, 0, [], new Set())
  return new Map(best.chosen.flatMap((m, q) => (m === undefined ? [] : [[mentions[m]!.role, some[q]!] as const])))
}

function cost(text: string, quantity: Quantity, mention: { readonly start: number; readonly end: number }): number {
  if (mention.start < quantity.end && quantity.start < mention.end) return 0
  const between =
    mention.end <= quantity.start ? text.slice(mention.end, quantity.start) : text.slice(quantity.end, mention.start)
  const signs = (between.match(/[,.;，。；、\n](?!\d)/g) ?? []).length
  const joins = (between.match(/\b(?:and|then|but)\b|并|且|而/g) ?? []).length
  return between.length + signs * 40 + joins * 20
}
