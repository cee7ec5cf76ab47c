/** Rows as text for a terminal. Pure. */
import { rounded } from './figures.ts'
import type { Machine } from './machine.ts'
import type { Row } from './row.ts'

const HEAD = ['row', 'unit', 'value', 'n', 'spread'] as const
type Line = readonly [string, string, string, string, string]

/** A line a row, columns of one width, below it how each was measured. */
export function tableOf(rows: readonly Row[], machine: Machine): string {
  const lines = rows.map(lineOf)
  const widths = HEAD.map((head, column) => Math.max(head.length, ...lines.map(line => line[column]!.length)))
  const show = (line: readonly string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()
  return [
    machineLine(machine),
    '',
    show(HEAD),
    show(widths.map(width => '-'.repeat(width))),
    ...lines.map(show),
    '',
    ...rows.map(row => ('values' in row ? `${row.name}: ${row.how}` : `${row.name}: ${row.code} ${row.why}`)),
    '',
  ].join('\n')
}

function lineOf(row: Row): Line {
  if (!('values' in row)) return [row.name, row.unit, `${row.outcome} ${row.code}`, '', '']
  const values = Object.entries(row.values).map(([name, value]) => `${name} ${rounded(value)}`)
  const { least, greatest, deviation } = row.spread
  const spread = `${rounded(least)}..${rounded(greatest)} sd ${rounded(deviation, 2)}`
  return [row.name, row.unit, values.join('  '), String(row.n), spread]
}

export const machineLine = ({ cores, model, memoryGb, system, node, load }: Machine): string =>
  `${cores} cores, ${model}, ${memoryGb} GB, ${system}, Node ${node}, load ${load} at the start`
