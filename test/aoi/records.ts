import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Group, Panel, Row } from './plan.ts'

/** What became of a panel. */
export interface PanelRecord {
  readonly id: string
  readonly row: Row
  readonly group: Group
  readonly renderer: Panel['renderer']
  readonly family: Panel['family']
  readonly times: number
  readonly captures: number
  readonly verdict: 'pass' | 'fail' | 'review'
  /** A finding that was counted lies at the flaw, in any capture. */
  readonly inPlace: boolean
  /** Class of the highest finding at the flaw. */
  readonly named?: string
  /** Findings away from the flaw: capture's pattern, class, score. */
  readonly elsewhere: readonly string[]
  /** Codes of captures that were not judged. */
  readonly refused: readonly string[]
  readonly ms: readonly number[]
}

/** The lines of a run, one a panel, in a folder; a run that was cut short goes on where it ended. */
export function openRecords(folder: string, set: string) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${set}.jsonl`)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  // A line torn by an end at the wrong moment is left behind; its panel is run again.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n')
  const whole = text.split('\n').filter(line => line.endsWith('}'))
  const lines = whole.map(line => JSON.parse(line) as PanelRecord)
  const known = new Set(lines.map(line => line.id))
  return {
    all: () => lines,
    has: (id: string) => known.has(id),
    add(record: PanelRecord): void {
      appendFileSync(path, `${JSON.stringify(record)}\n`)
      lines.push(record)
      known.add(record.id)
    },
  }
}
