import { expect, test } from 'vitest'
import { allocate } from './materials.ts'

const supply = {
  material: 'LEAF',
  onHand: 10,
  receipts: [
    { at: 200, quantity: 5 },
    { at: 100, quantity: 5 },
  ],
}
const need = (key: string, quantity: number, rank: number) => ({ key, material: 'LEAF', quantity, rank })

test('needs take from stock by rank, then wait for the receipt that fills them', () => {
  const found = allocate([supply], [need('late', 4, 30), need('first', 8, 10), need('second', 5, 20)])
  expect(found.map(({ key, ready, short }) => [key, ready, short])).toEqual([
    ['late', 200, 4],
    ['first', 0, 0],
    ['second', 100, 3],
  ])
})

test('need beyond all receipts is never ready, and takes nothing from the others', () => {
  const found = allocate([supply], [need('huge', 50, 1), need('small', 10, 2)])
  expect(found.map(({ ready }) => ready)).toEqual([null, 0])
})

test('material that no one has heard of is never ready', () => {
  expect(allocate([], [need('a', 1, 1)])[0]?.ready).toBeNull()
})
