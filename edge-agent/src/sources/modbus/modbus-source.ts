/** Modbus TCP as a source: planned reads at a set pace, writes with read-back. Each device has a connection of its own. */
import type { Clock } from '@millwright/contract'
// The package is CommonJS: its class is the default export.
import ModbusRTU from 'modbus-serial'
import { createSessionRunner, type Link } from '../../base/session-runner.ts'
import type { TagConfig } from '../../config/schema.ts'
import type { ModbusConfig } from '../../config/sources/modbus.ts'
import type { Sample, Source, SourceEvents, WriteAnswer } from '../source.ts'
import { isBitTable, type ModbusAddress, parseModbusAddress, widthOf } from './address.ts'
import { decodeRegisters, encodeRegisters } from './decode.ts'
import { type PlannedRead, planReads } from './plan-reads.ts'

export interface ModbusSourceDeps {
  readonly config: ModbusConfig
  readonly tags: readonly TagConfig[]
  readonly clock: Clock
  readonly random: () => number
}

type Client = InstanceType<typeof ModbusRTU.default>

interface Device extends Link {
  /** One request at a time, as most devices want it. */
  ask<T>(request: (client: Client) => Promise<T>): Promise<T>
}

const MAX_BITS = 2000
/** So many requests in a row without an answer: the connection is given up. */
const MOST_TIMEOUTS = 3

export function createModbusSource({ config, tags, clock, random }: ModbusSourceDeps): Source {
  const timeout = config.timeoutMs ?? 1000
  const named = tags.flatMap(tag => {
    const address = parseModbusAddress(tag.address, config.order ?? 'abcd')
    return address.ok ? [{ name: tag.name, address: address.value }] : []
  })
  const limits = { maxRegisters: config.maxRegisters ?? 125, maxBits: MAX_BITS, maxGap: config.maxGap ?? 8 }
  // A request that covers a register the device does not have is refused as a whole: such are asked for one by one.
  let plan = planReads(
    named.map(({ address }) => address),
    limits,
  )
  const faulty = new Set<string>()
  let events: SourceEvents | undefined

  const runner = createSessionRunner<Device>({
    clock,
    random,
    open,
    online: device => {
      events?.state({ kind: 'online' })
      void poll(device)
    },
    offline: detail => events?.state({ kind: 'offline', detail }),
  })

  async function open(lost: (detail: string) => void, signal: AbortSignal): Promise<Device> {
    events?.state({ kind: 'connecting' })
    const client = new ModbusRTU.default()
    const aborted = () => client.close(() => {})
    signal.addEventListener('abort', aborted, { once: true })
    client.on('error', error => lost(detailOf(error)))
    client.on('close', () => lost('connection closed'))
    try {
      await within(client.connectTCP(config.host, { port: config.port ?? 502 }), Math.max(timeout, 2000))
    } catch (error) {
      client.destroy(() => {})
      throw error
    } finally {
      signal.removeEventListener('abort', aborted)
    }
    client.setID(config.unit ?? 1)
    client.setTimeout(timeout)
    let turn: Promise<unknown> = Promise.resolve()
    let timeouts = 0
    const device: Device = {
      ask(request) {
        const answer = turn.then(() => request(client))
        turn = answer.then(
          () => {
            timeouts = 0
          },
          (error: unknown) => {
            timeouts = isException(error) ? 0 : timeouts + 1
            if (timeouts >= MOST_TIMEOUTS || !client.isOpen) lost(detailOf(error))
          },
        )
        return answer
      },
      close: () =>
        new Promise(done => {
          client.destroy(() => done())
          // The library does not call back where the socket never opened.
          setTimeout(done, 500).unref()
        }),
    }
    // Connected is who answers, not who accepts.
    const first = plan[0]
    if (first) await read(device, first).catch(error => (isException(error) ? undefined : Promise.reject(error)))
    return device
  }

  const poll = async (device: Device) => {
    const pollMs = config.pollMs ?? 1000
    let next = clock.now()
    while (runner.link() === device) {
      for (const part of plan) {
        if (runner.link() !== device) return
        try {
          events?.samples(await read(device, part))
        } catch (error) {
          if (isException(error)) split(part, detailOf(error))
        }
      }
      // Kept to the pace, without catching up what a slow device missed.
      next = Math.max(next + pollMs, clock.now())
      await clock.sleep(next - clock.now())
    }
  }

  async function read(device: Device, { table, from, count, items }: PlannedRead): Promise<Sample[]> {
    const { data } = await device.ask<{ data: (number | boolean)[] }>(client => {
      switch (table) {
        case 'coil':
          return client.readCoils(from, count)
        case 'discrete':
          return client.readDiscreteInputs(from, count)
        case 'holding':
          return client.readHoldingRegisters(from, count)
        case 'input':
          return client.readInputRegisters(from, count)
      }
    })
    return items.map(index => {
      const { name, address } = named[index]!
      const at = address.number - from
      const part = data.slice(at, at + widthOf(address))
      const whole = part.length === widthOf(address)
      const value = !whole ? null : isBitTable(table) ? Boolean(part[0]) : decodeRegisters(address, part.map(Number))
      return { name, value, quality: value === null ? 'bad' : 'good', t: undefined }
    })
  }

  /** One address that is not there must not cost its neighbours: the request is halved until it stands alone. */
  const split = (part: PlannedRead, detail: string) => {
    const { items } = part
    if (items.length === 1) {
      const { name } = named[items[0]!]!
      if (!faulty.has(name)) events?.fault(name, detail)
      faulty.add(name)
      events?.samples([{ name, value: null, quality: 'bad', t: undefined }])
      return
    }
    const half = Math.ceil(items.length / 2)
    const halves = [items.slice(0, half), items.slice(half)].flatMap(some =>
      planReads(
        some.map(index => named[index]!.address),
        limits,
      ).map(read => ({
        ...read,
        items: read.items.map(at => some[at]!),
      })),
    )
    plan = plan.flatMap(each => (each === part ? halves : [each]))
  }

  async function write(name: string, value: number | boolean | string): Promise<WriteAnswer> {
    const device = runner.link()
    const address = named.find(tag => tag.name === name)?.address
    if (device === undefined || address === undefined)
      return { kind: 'failed', detail: `${config.host}:${config.port} is not connected` }
    try {
      if (!(await send(device, address, value)))
        return { kind: 'refused', detail: `${value} does not fit the register` }
      const back = await readOne(device, address)
      return { kind: 'written', readBack: back ?? '' }
    } catch (error) {
      return { kind: isException(error) ? 'refused' : 'failed', detail: detailOf(error) }
    }
  }

  async function send(device: Device, address: ModbusAddress, value: number | boolean | string): Promise<boolean> {
    const { table, number, encoding } = address
    if (table === 'coil') {
      await device.ask(client => client.writeCoil(number, Boolean(value)))
      return true
    }
    const isBit = typeof encoding === 'object' && 'bit' in encoding
    const current = isBit ? (await device.ask(client => client.readHoldingRegisters(number, 1))).data : []
    const registers = encodeRegisters(address, value, current)
    if (registers === undefined) return false
    if (registers.length === 1) await device.ask(client => client.writeRegister(number, registers[0]!))
    else await device.ask(client => client.writeRegisters(number, registers))
    return true
  }

  const readOne = async (device: Device, address: ModbusAddress) => {
    const count = widthOf(address)
    if (address.table === 'coil')
      return (await device.ask(client => client.readCoils(address.number, 1))).data[0] ?? null
    return decodeRegisters(
      address,
      (await device.ask(client => client.readHoldingRegisters(address.number, count))).data,
    )
  }

  return {
    id: config.id,
    kind: 'modbus',
    start(given) {
      events = given
      runner.start()
    },
    async stop() {
      await runner.stop()
      events = undefined
    },
    write,
  }
}

/** The device answered, and said no (an exception response), rather than being silent. */
const isException = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'modbusCode' in error && error.modbusCode !== undefined

/** The library's own errors are not of class Error. */
const detailOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('connect timed out')), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
