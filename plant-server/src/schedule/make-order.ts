import type { Order } from '@millwright/contract'
import type { Product, Shop } from './plant.ts'

export interface OrderRequest {
  readonly id: string
  readonly product: Product
  readonly quantity: number
  readonly release: number
  readonly due: number
  readonly priority: number
  readonly remark: string
}

/** A released order with materials and times for its quantity, by the product's definition. */
export function makeOrder(shop: Shop, request: OrderRequest): Order {
  const { id, product, quantity, release, due, priority, remark } = request
  return {
    id,
    product: product.id,
    productName: product.name,
    quantity,
    unit: product.unit,
    release,
    due,
    priority,
    state: 'released',
    materials: product.materials.map(({ material, perUnit }) => {
      const row = shop.materials.find(candidate => candidate.id === material)!
      return { material, name: row.name, quantity: Math.round(perUnit * quantity * 1000) / 1000, unit: row.unit }
    }),
    operations: product.routing.map(({ segment, alternatives }, operation) => ({
      operation,
      segment,
      alternatives: alternatives.map(({ equipment, fixedMinutes, minutesPerUnit }) => ({
        equipment,
        minutes: Math.max(1, Math.ceil(fixedMinutes + minutesPerUnit * quantity)),
      })),
      state: 'waiting',
    })),
    remark,
  }
}
