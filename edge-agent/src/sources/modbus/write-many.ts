/** Several addresses of one device: those that lie side by side are written, and read back, by one request. */
import type { WriteAnswer } from '../source.ts'
import { type ModbusAddress, widthOf } from './address.ts'
import { decodeRegisters, encodeRegisters } from './decode.ts'
import { type Ask, noAnswer, writeTag } from './write-tag.ts'

export interface ToWrite {
  readonly address: ModbusAddress
  readonly value: number | boolean | string
}

/** Most registers in one write (1.1b3, 6.12). */
const MOST = 123

/** Answers in the order given. A write without an answer is not repeated: its outcome is unknown. */
export async function writeMany(
  wanted: readonly ToWrite[],
  writeWith: 'single' | 'multiple',
  ask: Ask,
): Promise<WriteAnswer[]> {
  const answers = new Map<number, WriteAnswer>()
  for (const run of runsOf(wanted)) {
    if (run.length === 1) {
      const [index] = run as [number]
      answers.set(index, await writeTag(wanted[index]!.address, wanted[index]!.value, writeWith, ask))
    } else for (const [index, answer] of await writeRun(run, wanted, ask)) answers.set(index, answer)
  }
  return wanted.map((_, index) => answers.get(index) ?? { kind: 'failed', detail: 'not written' })
}

/** Indexes of addresses that follow each other without a gap; bits, coils and values that do not fit stand alone. */
function runsOf(wanted: readonly ToWrite[]): number[][] {
  const joins = ({ address, value }: ToWrite) =>
    address.table === 'holding' &&
    !(typeof address.encoding === 'object' && 'bit' in address.encoding) &&
    encodeRegisters(address, value) !== undefined
  const runs: number[][] = []
  let end = -1
  const order = [...wanted.keys()].sort((a, b) => wanted[a]!.address.number - wanted[b]!.address.number)
  for (const index of order) {
    const own = wanted[index]!
    const run = runs.at(-1)
    const first = run === undefined ? undefined : wanted[run[0]!]!.address.number
    const last = own.address.number + widthOf(own.address)
    const follows = joins(own) && run !== undefined && own.address.number === end && last - (first ?? 0) <= MOST
    if (follows) run.push(index)
    else runs.push([index])
    // Nothing joins what stands alone.
    end = joins(own) ? last : -1
  }
  return runs
}

async function writeRun(
  run: readonly number[],
  wanted: readonly ToWrite[],
  ask: Ask,
): Promise<(readonly [number, WriteAnswer])[]> {
  const values = run.flatMap(index => encodeRegisters(wanted[index]!.address, wanted[index]!.value) ?? [])
  const at = wanted[run[0]!]!.address.number
  const all = (answer: WriteAnswer) => run.map(index => [index, answer] as const)
  const written = await ask({ kind: 'write_registers', at, values })
  if (written.kind !== 'written') return all(noAnswer(written))
  const back = await ask({ kind: 'read', table: 'holding', from: at, count: values.length })
  if (back.kind !== 'registers') return all(noAnswer(back))
  return run.map(index => {
    const { address } = wanted[index]!
    const from = address.number - at
    const own = back.values.slice(from, from + widthOf(address))
    return [index, { kind: 'written', readBack: decodeRegisters(address, own) ?? '' }] as const
  })
}
