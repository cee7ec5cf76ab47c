/** The closed loop under faults, one table: `node test/moisture/safety-table.ts [--seeds 3]`. Exit 1 where a row is not safe. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTrackedDryer } from '@millwright/edge-agent'
import { isSafe, safetyCases, tryFault } from './safety.ts'

const path = join(import.meta.dirname, '../../models/dryer-moisture/tracked.json')
const parsed = parseTrackedDryer(readFileSync(path, 'utf8'), path)
if (!parsed.ok) throw new Error(`the shipped model cannot be read: ${JSON.stringify(parsed.fault)}`)
const at = process.argv.indexOf('--seeds')
const seeds = at < 0 ? 3 : Number(process.argv[at + 1])

const worst = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0)
const figure = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : 'never')
let unsafe = 0
const rows = [
  'fault | runs | handed over, s (allowed) | bump, bar | limits crossed | alarm | bump on return, bar | safe',
]
for (const each of safetyCases) {
  const results = []
  for (let seed = 1; seed <= seeds; seed += 1) results.push(await tryFault(parsed.value, each, seed))
  const safe = results.filter(result => isSafe(each, result)).length
  unsafe += results.length - safe
  rows.push(
    [
      each.name.padEnd(34),
      results.length,
      `${figure(worst(results.map(r => r.handedS)), 0)} (${results[0]!.allowedS})`,
      figure(worst(results.map(r => r.bump)), 3),
      results.reduce((sum, r) => sum + r.outside + r.tooLarge, 0),
      each.tells ? `${results.filter(r => r.alarmed).length}` : 'dead: the plant alone',
      each.fault.killed ? '-' : figure(worst(results.map(r => r.returnBump)), 3),
      `${safe} of ${results.length}`,
    ].join(' | '),
  )
}
process.stdout.write(`${rows.join('\n')}\n`)
process.exitCode = unsafe > 0 ? 1 : 0
