/** Stock and receipts of one material, in its unit. Receipts at any order; times in the unit of the problem. */
export interface Supply {
  readonly material: string
  readonly onHand: number
  readonly receipts: readonly { readonly at: number; readonly quantity: number }[]
}

/** One operation's need of one material. `rank`: who is served first (smaller first); ties go to the earlier in the list. */
export interface Need {
  readonly key: string
  readonly material: string
  readonly quantity: number
  readonly rank: number
}

export interface Allocation {
  readonly key: string
  readonly material: string
  /** From when the quantity is there; null: neither stock nor known receipts reach. */
  readonly ready: number | null
  /** What stock alone lacks for this need. */
  readonly short: number
}

/**
 * Hard allocation: by rank each need takes from stock, then from receipts in order of time, and waits for the last one
 * it takes from. A need that cannot be met takes nothing, so that smaller ones behind it still can be.
 */
export function allocate(supplies: readonly Supply[], needs: readonly Need[]): Allocation[] {
  const left = new Map(
    supplies.map(({ material, onHand, receipts }) => {
      const lots = [{ at: Number.NEGATIVE_INFINITY, quantity: onHand }, ...receipts]
      return [material, lots.map(lot => ({ ...lot })).sort((a, b) => a.at - b.at)] as const
    }),
  )
  const found = new Map<Need, Allocation>()
  for (const need of [...needs].sort((a, b) => a.rank - b.rank)) {
    const { key, material, quantity } = need
    const lots = left.get(material) ?? []
    const stock = lots[0]?.at === Number.NEGATIVE_INFINITY ? lots[0].quantity : 0
    const short = Math.max(0, quantity - stock)
    const total = lots.reduce((sum, lot) => sum + lot.quantity, 0)
    if (total + 1e-9 < quantity) {
      found.set(need, { key, material, ready: null, short })
      continue
    }
    let wanted = quantity
    let ready = Number.NEGATIVE_INFINITY
    for (const lot of lots) {
      const taken = Math.min(lot.quantity, wanted)
      if (taken <= 0) continue
      lot.quantity -= taken
      wanted -= taken
      ready = lot.at
      if (wanted <= 1e-9) break
    }
    found.set(need, { key, material, ready: Math.max(0, ready), short })
  }
  return needs.map(need => found.get(need)!)
}
