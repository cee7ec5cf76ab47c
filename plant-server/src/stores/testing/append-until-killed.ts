/** Child of the durability test: appends items until it is killed, and says each sequence after it was stored. */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openDuckDbReadings } from '../duckdb-readings.ts'

const [folder = '', from = '0', rows = '1'] = process.argv.slice(2)
const store = await openDuckDbReadings(join(folder, 'history.duckdb'))
const perItem = Number(rows)
for (let sequence = Number(from); ; sequence += 2) {
  const item = (of: number) => ({
    agent: 'a',
    sequence: of,
    readings: Array.from({ length: perItem }, (_, i) => ({
      tag: 'a/tag',
      t: of * perItem + i,
      value: of,
      quality: 'good' as const,
    })),
  })
  await store.append([item(sequence), item(sequence + 1)])
  writeSync(1, `${sequence + 1}\n`)
  if (sequence % 20 === 0) await store.checkpoint()
}
