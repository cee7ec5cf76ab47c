import type { Equipment, LocalText, Order } from '@millwright/contract'

/** A plant as loaded: what changes (orders) apart from what stands (the shop). Times in ms since 1970 UTC. */
export interface PlantData {
  readonly name: LocalText
  readonly equipment: readonly Equipment[]
  readonly orders: readonly Order[]
  readonly shop: Shop
}

/** Everything that planning needs beside the orders. Plain JSON, so that it can be stored as it is. */
export interface Shop {
  /** Midnight in the plant of the base date: day 0 of the calendars. */
  readonly dayZero: number
  readonly units: readonly WorkUnit[]
  readonly calendars: readonly ShopCalendar[]
  readonly setups: readonly SetupTable[]
  readonly materials: readonly Material[]
  readonly products: readonly Product[]
}

/** ISA-95 work unit: what the scheduler calls a machine. */
export interface WorkUnit {
  readonly id: string
  readonly name: LocalText
  /** The equipment it lies in, itself first, up to the enterprise. */
  readonly within: readonly string[]
  /** null: it always works. */
  readonly calendar: string | null
  readonly maintenance: readonly { readonly from: number; readonly to: number }[]
  readonly setup: string | null
  readonly family: string | null
}

export interface ShopCalendar {
  readonly id: string
  readonly cycleDays: number
  /** Minutes of the day in the plant's clock. */
  readonly shifts: readonly { readonly day: number; readonly from: number; readonly to: number }[]
}

export interface SetupTable {
  readonly id: string
  readonly families: readonly string[]
  readonly minutes: readonly (readonly number[])[]
}

export interface Material {
  readonly id: string
  readonly name: LocalText
  readonly unit: string
  readonly onHand: number
  readonly receipts: readonly { readonly at: number; readonly quantity: number }[]
}

/** ISA-95 operations definition: materials and routing of one product. */
export interface Product {
  readonly id: string
  readonly name: LocalText
  readonly unit: string
  readonly materials: readonly { readonly material: string; readonly perUnit: number; readonly operation: number }[]
  readonly routing: readonly RoutingStep[]
}

/** ISA-95 operations segment. */
export interface RoutingStep {
  readonly segment: LocalText
  readonly family: string | null
  readonly interruptible: boolean
  readonly alternatives: readonly {
    readonly equipment: string
    readonly fixedMinutes: number
    readonly minutesPerUnit: number
  }[]
}
