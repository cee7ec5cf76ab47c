/** A process that fills an outbox, confirms some of it, and says each on stdout, until it is killed. */
import { systemClock } from '@millwright/contract'
import { openStore } from '../outbox/store.ts'

const folder = process.argv[2]!
const { outbox } = openStore({
  folder,
  clock: systemClock,
  maxBytes: 2 ** 30,
  maxAgeMs: 3_600_000,
  commitMs: 10,
  onFault: error => process.stderr.write(`${error.message}\n`),
})
// Tickers do not keep a process alive.
setInterval(() => {}, 1000)

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

for (let round = 0; ; round += 1) {
  const appended = Array.from({ length: 10 }, (_, index) =>
    outbox.append({
      kind: 'readings',
      device: 'plc',
      body: Array.from({ length: 20 }, (_, at) => ({
        tag: 'a/x/y',
        t: round * 200 + index * 20 + at,
        value: at,
        quality: 'good',
      })),
    }),
  )
  const seqs = await Promise.all(appended)
  for (const seq of seqs) say({ durable: seq })
  const done = seqs[round % 10]!
  say({ confirming: done })
  outbox.confirm([[done, done]], [])
  await outbox.flush()
  // Recorded as confirmed from here on.
  say({ confirmed: done })
}
