/**
 * A Modbus unit as a source: planned reads at a set pace, writes with read-back. Online is who answers, not who accepts a
 * connection. A read is repeated `retries` times, then the unit is silent: offline, and probed with back-off.
 */
import type { Clock } from '@millwright/contract'
import type { TagConfig } from '../../config/schema.ts'
import type { ModbusConfig } from '../../config/sources/modbus.ts'
import { backoffMs } from '../../domain/session-machine.ts'
import type { Sample, Source, SourceEvents, WriteAnswer } from '../source.ts'
import { parseModbusAddress, widthOf } from './address.ts'
import { decodeRegisters } from './decode.ts'
import type { Answer, Line, Seat } from './line.ts'
import { answeredIn, NO_PATIENCE, probeTimeout } from './patience.ts'
import { exceptionText, isAddressFault, isBusy, type ModbusRequest } from './pdu.ts'
import { type PlannedRead, planReads } from './plan-reads.ts'
import { firstPlan, refuse, restore } from './register-plan.ts'
import { writeMany } from './write-many.ts'

export interface ModbusSourceDeps {
  readonly config: ModbusConfig
  readonly tags: readonly TagConfig[]
  readonly line: Line
  readonly clock: Clock
  readonly random: () => number
}

/** A register that was refused is asked for again so seldom: a device may be given a new program. */
const AGAIN_MS = 30_000

type Round =
  | { readonly kind: 'done' }
  | { readonly kind: 'down' }
  | { readonly kind: 'silent'; readonly detail: string }

export function createModbusSource({ config, tags, line, clock, random }: ModbusSourceDeps): Source {
  const { pollMs = 1000, timeoutMs = 1000, retries = 1, writeWith = 'single' } = config
  const named = tags.flatMap(tag => {
    const address = parseModbusAddress(tag.address, config.order ?? 'abcd')
    return address.ok ? [{ name: tag.name, address: address.value }] : []
  })
  let plan = firstPlan(
    named.map(({ address }) => address),
    { maxRegisters: config.maxRegisters ?? 125, maxBits: config.maxBits ?? 2000, maxGap: config.maxGap ?? 8 },
  )
  let events: SourceEvents | undefined
  let seat: Seat | undefined
  let lineUp = false
  let said: 'online' | 'offline' | undefined
  let failures = 0
  let patience = NO_PATIENCE
  let askedAgainAt = clock.now()
  let wake = new AbortController()
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let writing: Promise<unknown> = Promise.resolve()

  const online = () => {
    failures = 0
    seat?.silent(false)
    if (said !== 'online') events?.state({ kind: 'online' })
    said = 'online'
  }
  const offline = (detail: string) => {
    if (said !== 'offline') events?.state({ kind: 'offline', detail })
    said = 'offline'
  }
  /** Waits, or until something has changed. */
  const pause = async (ms: number) => {
    wake = new AbortController()
    if (!stopping) await clock.sleep(ms, wake.signal)
  }

  const requestOf = ({ table, from, count }: PlannedRead): ModbusRequest => ({ kind: 'read', table, from, count })

  /** Asks, and again where a living unit gives no usable answer. */
  const ask = async (part: PlannedRead): Promise<Answer> => {
    for (let tried = 0; ; tried += 1) {
      const began = clock.now()
      const probing = said !== 'online'
      const limit = probing ? probeTimeout(patience, failures + 1, timeoutMs) : timeoutMs
      const answer = (await seat?.ask(requestOf(part), limit, probing ? 'probe' : 'read')) ?? DOWN
      const unusable = answer.kind === 'silent' || answer.kind === 'garbled'
      if (!unusable && answer.kind !== 'down') patience = answeredIn(patience, clock.now() - began)
      if (!unusable || probing || tried >= retries) return answer
    }
  }

  const samplesOf = ({ from, items }: PlannedRead, answer: Answer): Sample[] =>
    items.map(index => {
      const { name, address } = named[index]!
      const at = address.number - from
      const value =
        answer.kind === 'bits'
          ? (answer.values[at] ?? null)
          : answer.kind === 'registers'
            ? decodeRegisters(address, answer.values.slice(at, at + widthOf(address)))
            : null
      return { name, value, quality: value === null ? 'bad' : 'good', t: undefined }
    })

  /** Every planned read once; a refusal changes the plan, and what is still missing is read by the new one. */
  const round = async (): Promise<Round> => {
    const done = new Set<number>()
    let todo = [...plan.reads]
    for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
      const answer = await ask(part)
      if (stopping || answer.kind === 'down') return { kind: 'down' }
      if (answer.kind === 'silent') return { kind: 'silent', detail: `unit ${config.unit ?? 1} does not answer` }
      if (answer.kind === 'garbled') return { kind: 'silent', detail: `answer not understood: ${answer.detail}` }
      online()
      if (answer.kind === 'exception' && isAddressFault(answer.code)) {
        const { state, found } = refuse(plan, part)
        plan = state
        if (found !== undefined) {
          events?.fault(named[found]!.name, exceptionText(answer.code))
          events?.samples(samplesOf({ ...part, items: [found] }, answer))
          askedAgainAt = clock.now()
        }
        todo = plan.reads.filter(read => read.items.some(index => !done.has(index)))
        continue
      }
      for (const index of part.items) done.add(index)
      // A busy device keeps its last values until it has time.
      if (answer.kind !== 'exception' || !isBusy(answer.code)) events?.samples(samplesOf(part, answer))
    }
    return { kind: 'done' }
  }

  /** One of the addresses at fault is asked for anew; where it answers it is read with the others. */
  const askAgain = async () => {
    const [index] = plan.faulty
    if (index === undefined || clock.now() - askedAgainAt < AGAIN_MS) return
    askedAgainAt = clock.now()
    const { table, number } = named[index]!.address
    const alone: PlannedRead = { table, from: number, count: widthOf(named[index]!.address), items: [index] }
    const answer = await ask(alone)
    if (answer.kind === 'registers' || answer.kind === 'bits') {
      plan = restore(plan, index)
      events?.samples(samplesOf(alone, answer))
    } else if (answer.kind === 'exception') {
      // To the end of the list, so that the others have their turn.
      plan = { ...plan, faulty: new Set([...[...plan.faulty].filter(at => at !== index), index]) }
    }
  }

  const run = async () => {
    let next = clock.now()
    while (!stopping) {
      if (!lineUp) {
        await pause(60_000)
        next = clock.now()
        continue
      }
      // Without tags there is nothing to ask: a line that is open is all there is.
      if (named.length === 0) online()
      const outcome = await round()
      if (outcome.kind === 'done') {
        await askAgain()
        // Kept to the pace, without catching up what a slow device missed.
        next = Math.max(next + pollMs, clock.now())
        await pause(next - clock.now())
      } else if (outcome.kind === 'silent') {
        failures += 1
        offline(outcome.detail)
        seat?.silent(true)
        if (lineUp) await pause(backoffMs(failures, random()))
        next = clock.now()
      } else if (lineUp) await pause(50)
    }
  }

  /** All of them by the fewest requests, before whatever waits. */
  const readNow = async (names: readonly string[]): Promise<readonly Sample[] | undefined> => {
    const own = seat
    if (own === undefined || said !== 'online') return undefined
    const indexes = [...named.keys()].filter(index => names.includes(named[index]!.name))
    const reads = planReads(
      indexes.map(index => named[index]!.address),
      plan.limits,
    )
    const samples: Sample[] = []
    for (const read of reads) {
      const part = { ...read, items: read.items.map(at => indexes[at]!) }
      samples.push(...samplesOf(part, await own.ask(requestOf(part), timeoutMs, 'write')))
    }
    return samples
  }

  const writeAll = (
    entries: readonly (readonly [name: string, value: number | boolean | string])[],
  ): Promise<WriteAnswer[]> => {
    const wanted = entries.map(([name, value]) => ({ address: named.find(tag => tag.name === name)?.address, value }))
    const known = wanted.flatMap(({ address, value }) => (address === undefined ? [] : [{ address, value }]))
    // One after the other: a bit is written by reading its register first.
    const answers = writing.then(async (): Promise<WriteAnswer[]> => {
      const own = seat
      if (own === undefined || said !== 'online')
        return entries.map(() => ({ kind: 'failed', detail: `${config.id} is not connected` }))
      const given = await writeMany(known, writeWith, request => own.ask(request, timeoutMs, 'write'))
      let at = 0
      return wanted.map(({ address }, index) => {
        if (address === undefined) return { kind: 'refused', detail: `there is no ${entries[index]![0]}` }
        at += 1
        return given[at - 1]!
      })
    })
    writing = answers
    return answers
  }

  return {
    id: config.id,
    kind: 'modbus',
    start(given) {
      events = given
      events.state({ kind: 'connecting' })
      seat = line.join(config.unit ?? 1, {
        up() {
          lineUp = true
          wake.abort()
        },
        down(detail) {
          lineUp = false
          offline(detail)
          wake.abort()
        },
      })
      running = run()
    },
    async stop() {
      stopping = true
      wake.abort()
      events = undefined
      await Promise.all([running, seat?.leave()])
    },
    write: async (name, value) => (await writeAll([[name, value]]))[0]!,
    writeMany: writeAll,
    read: readNow,
  }
}

const DOWN: Answer = { kind: 'down', detail: 'not connected' }
