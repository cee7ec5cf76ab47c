import { expect, it } from 'vitest'
import { paretoOf } from './model.ts'

it('Pareto rows fall and end at one', () => {
  const rows = paretoOf({
    byClass: [
      { class: 'oil', captures: 1, defects: 1 },
      { class: 'scratch', captures: 2, defects: 6 },
      { class: 'mura', captures: 0, defects: 0 },
      { class: 'stain', captures: 2, defects: 3 },
    ],
  })
  expect(rows.map(row => [row.name, row.cumulative])).toEqual([
    ['scratch', 0.6],
    ['stain', 0.9],
    ['oil', 1],
  ])
})
