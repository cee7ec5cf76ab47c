import type { Equipment, OrderStatus, Plan } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { findOrders, firstWindow, ganttOf } from './model.ts'

const text = (en: string) => ({ zh: en, en })
const equipment: Equipment[] = ['A', 'B', 'C'].map(id => ({ id, level: 'work_unit', name: text(id) }))
const operation = (order: string, unit: string, start: number) => ({
  order,
  operation: 0,
  equipment: unit,
  start,
  end: start + 10,
  setupMinutes: 0,
  frozen: false,
})
const plan = {
  id: 'p',
  operations: [operation('W1', 'C', 100), operation('W2', 'A', 50), operation('W3', 'X', 60)],
} as unknown as Plan
const status = (id: string, lateMinutes: number, product: string) =>
  ({
    order: { id, product, productName: { zh: '烟丝', en: 'Cut rag' } },
    lateMinutes,
    reasons: [],
  }) as unknown as OrderStatus
const orders = [status('W1', 5, 'P1'), status('W2', 0, 'P2')]

describe('gantt', () => {
  const { rows, bars } = ganttOf(plan, equipment, orders)
  it('has a row for each unit with work, the first of the list on top, strangers below', () => {
    expect(rows).toEqual(['X', 'C', 'A'])
    expect(bars.map(bar => rows[bar.row])).toEqual(['C', 'A', 'X'])
  })
  it('marks operations of late orders', () => expect(bars.map(bar => bar.late)).toEqual([true, false, false]))
  it('opens near now and not before the plan', () => {
    const hour = 3_600_000
    const long = { operations: [operation('W1', 'A', 100 * hour), operation('W1', 'A', 200 * hour)] } as unknown as Plan
    expect(firstWindow(long, 150 * hour)).toEqual({ start: 148 * hour, end: 184 * hour })
  })
})

describe('finding orders', () => {
  it.each([
    ['w1', false, ['W1']],
    ['烟丝', false, ['W1', 'W2']],
    ['', true, ['W1']],
    ['P2', true, []],
  ])('%j, late only %s', (words, onlyLate, ids) => {
    expect(findOrders(orders, words, onlyLate).map(each => each.order.id)).toEqual(ids)
  })
})
