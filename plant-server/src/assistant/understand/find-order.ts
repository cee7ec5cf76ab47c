/** Ids of orders in a text: `WO-1043`, `wo1043`, "工单 1043", "order 1043". */

/** In the order they stand; only ids that exist are returned as `known`. */
export function findOrders(text: string, ids: readonly string[]): { known: string[]; unknown: string[] } {
  const written = [
    ...text.matchAll(/\b([A-Za-z]{1,4})[-\s]?(\d{3,6})\b/g),
    ...text.matchAll(/()(\d{3,6})\s*(?:号)?\s*(?:工单|订单)/g),
    ...text.matchAll(/(?:工单|订单|单号|任务单|work order|order|wo)\s*(?:号|no\.?|number|#)?\s*()(\d{3,6})/gi),
  ]
  const known: string[] = []
  const unknown: string[] = []
  for (const [, prefix, digits] of written) {
    const isOrder =
      prefix === '' ||
      /^(wo|mo|po)$/i.test(prefix!) ||
      ids.some(id => id.toLowerCase() === `${prefix}-${digits}`.toLowerCase())
    if (!isOrder) continue
    const match = ids.find(id => id.replace(/^.*?(\d+)$/, '$1') === digits)
    const name = match ?? (prefix === '' ? digits! : `${prefix!.toUpperCase()}-${digits}`)
    const list = match === undefined ? unknown : known
    if (!list.includes(name)) list.push(name)
  }
  // A bare number counts only where it is an order's and nothing else: no unit, no decimal, no clock, no year in a date.
  if (known.length === 0 && unknown.length === 0)
    for (const [digits] of text.matchAll(
      /(?<![\d.:/-])\d{4,6}(?![\d.:/-]|\s*(?:kg|g|%|°|bar|rpm|r\/min|公斤|度|转|年))/gi,
    )) {
      const match = ids.find(id => id.endsWith(`-${digits}`))
      if (match !== undefined && !known.includes(match)) known.push(match)
    }
  return { known, unknown: known.length > 0 ? [] : unknown }
}
