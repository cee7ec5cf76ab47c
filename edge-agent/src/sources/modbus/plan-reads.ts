/** From addresses to the fewest requests within a device's limits, pure. */
import { isBitTable, type ModbusAddress, type Table, widthOf } from './address.ts'

export interface PlannedRead {
  readonly table: Table
  readonly from: number
  readonly count: number
  /** Indexes into the addresses given. */
  readonly items: readonly number[]
}

export interface ReadLimits {
  /** Most registers in one request: at most 125 (Modbus application protocol 1.1b3, 6.3). */
  readonly maxRegisters: number
  /** Most coils or discrete inputs in one request: at most 2000 (6.1). */
  readonly maxBits: number
  /** Unused registers or bits that may be read along to save a request. */
  readonly maxGap: number
}

/** Whether a request may read along an unused register or bit; absent: any. */
export type MayRead = (table: Table, number: number) => boolean

/**
 * Each address lies wholly inside one request. Sorted by number, taking as much as fits is optimal: a request that ends
 * earlier never lets a later one reach further.
 */
export function planReads(
  addresses: readonly ModbusAddress[],
  limits: ReadLimits,
  mayRead: MayRead = () => true,
): PlannedRead[] {
  const plan: PlannedRead[] = []
  for (const [table, mine] of Map.groupBy(addresses.keys(), index => addresses[index]!.table)) {
    const most = isBitTable(table) ? limits.maxBits : limits.maxRegisters
    const sorted = mine.sort((a, b) => addresses[a]!.number - addresses[b]!.number)
    let from = 0
    let end = 0
    let items: number[] = []
    const close = () => {
      if (items.length > 0) plan.push({ table, from, count: end - from, items })
      items = []
    }
    for (const index of sorted) {
      const address = addresses[index]!
      const last = address.number + widthOf(address)
      const gap = Array.from({ length: Math.max(0, Math.min(address.number - end, limits.maxGap)) }, (_, i) => end + i)
      const fits =
        items.length > 0 &&
        address.number - end <= limits.maxGap &&
        Math.max(last, end) - from <= most &&
        gap.every(number => mayRead(table, number))
      if (!fits) {
        close()
        from = address.number
        end = last
      }
      end = Math.max(end, last)
      items.push(index)
    }
    close()
  }
  return plan
}
