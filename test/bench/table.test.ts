import { expect, it } from 'vitest'
import type { Machine } from './machine.ts'
import type { Row } from './row.ts'
import { tableOf } from './table.ts'

const machine: Machine = { cores: 2, model: 'Some CPU', memoryGb: 24, system: 'linux 6 x64', node: '24.1.0', load: 0.5 }
const rows: Row[] = [
  {
    name: 'inspect',
    unit: 'ms/image',
    values: { p50: 81.23456, p95: 120 },
    n: 32,
    spread: { least: 70.5, greatest: 140, deviation: 12.345 },
    how: 'by its own watch',
  },
  { name: 'schedule', unit: '%', outcome: 'skipped', code: 'MW-0102', why: 'cannot be read: data' },
]

it('shows the machine, a line a row in columns, and how each was measured', () => {
  expect(tableOf(rows, machine)).toBe(
    [
      '2 cores, Some CPU, 24 GB, linux 6 x64, Node 24.1.0, load 0.5 at the start',
      '',
      'row       unit      value               n   spread',
      '--------  --------  ------------------  --  ---------------',
      'inspect   ms/image  p50 81.23  p95 120  32  70.5..140 sd 12',
      'schedule  %         skipped MW-0102',
      '',
      'inspect: by its own watch',
      'schedule: MW-0102 cannot be read: data',
      '',
    ].join('\n'),
  )
})
it('stands without rows', () => {
  expect(tableOf([], machine).split('\n')).toHaveLength(6)
})
