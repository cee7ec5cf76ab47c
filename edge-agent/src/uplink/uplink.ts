/**
 * The road to the plant server. One connection at a time: connect with a will, subscribe, wait for the primary host, births,
 * then items as the window lets them go. What is confirmed is forgotten; what is not goes again.
 *
 *   outbox -> window -> DDATA / event -------------> broker -> server -> confirm -> outbox forgets
 *          -> capture lane: image by HTTP -> event -> broker -> server -> confirm -> outbox forgets
 */
import {
  type Clock,
  Confirmation,
  type Problem,
  parseJson,
  parser,
  parseSparkplugTopic,
  topics,
} from '@millwright/contract'
import { createSessionRunner, type Link } from '../base/session-runner.ts'
import type { Counters } from '../outbox/counters.ts'
import type { Outbox, OutboxItem } from '../outbox/outbox.ts'
import { createCaptureLane } from './capture-lane.ts'
import { decode } from './codec.ts'
import type { EdgeNode, Message } from './edge-node.ts'
import { REBIRTH } from './edge-node.ts'
import { type HostState, hostStateAfter } from './host-state.ts'
import type { ImageUpload } from './image-upload.ts'
import type { MqttLink, OpenMqtt } from './mqtt-link.ts'
import { createSendWindow, DEFAULT_LIMITS, type ToSend, type WindowLimits } from './send-window.ts'

export interface UplinkDeps {
  readonly group: string
  readonly agent: string
  /** Sparkplug primary host; undefined: none to wait for. */
  readonly hostId: string | undefined
  readonly url: string
  readonly credentials: () => { readonly user: string; readonly password: string } | undefined
  readonly open: OpenMqtt
  readonly node: EdgeNode
  readonly outbox: Outbox
  readonly counters: Counters
  readonly images: ImageUpload
  readonly clock: Clock
  readonly random: () => number
  /** A command arrived, not yet checked. */
  readonly onCommand: (text: string) => void
  readonly onState: (online: boolean, detail: string) => void
  readonly onProblem: (problem: Problem) => void
  readonly limits?: WindowLimits
}

export interface Uplink {
  start(): void
  stop(): Promise<void>
  /** Tells the server that a device is there (again), or gone. */
  deviceOnline(device: string): void
  deviceOffline(device: string): void
  readonly online: boolean
}

interface UplinkLink extends Link {
  readonly mqtt: MqttLink
  readonly bdSeq: number
}

const confirmation = parser(Confirmation)
const PUMP_MS = 500
const AGAIN_MS = 2000

export function createUplink(deps: UplinkDeps): Uplink {
  const { group, agent, node, outbox, clock } = deps
  const window = createSendWindow((after, most) => outbox.read(after, most, 'values'), deps.limits)
  const captures = createCaptureLane({
    outbox,
    images: deps.images,
    clock,
    resendMs: (deps.limits ?? DEFAULT_LIMITS).resendMs,
    publish: async item => {
      const link = session.link()
      if (link === undefined) throw new Error('the connection broke')
      await publishEvent(link.mqtt, item)
    },
    onProblem: deps.onProblem,
    wake: () => pump(),
  })
  const devicesOnline = new Set<string>()
  // Devices that the host knows as born on this connection, and those of them born only to hand on what they left behind.
  const born = new Set<string>()
  const borrowed = new Set<string>()
  const confirmTopic = topics.confirm(group, agent)
  const commandTopic = topics.command(group, agent)
  const stateTopic = deps.hostId === undefined ? '' : topics.state(deps.hostId)
  let pumping: Promise<void> | undefined
  let again = false
  let holding = false
  let stopTicking = () => {}

  const session = createSessionRunner<UplinkLink>({
    clock,
    random: deps.random,
    open: connect,
    online: () => {
      deps.onState(true, '')
      pump()
    },
    offline: detail => deps.onState(false, detail),
    failed: detail => deps.onProblem({ code: 'MW-1013', place: deps.url, values: { url: deps.url, detail } }),
  })

  async function connect(lost: (detail: string) => void, signal: AbortSignal): Promise<UplinkLink> {
    // tck-id-payloads-ndeath-bdseq: 0..255, one more at each CONNECT, kept through restarts.
    const bdSeq = deps.counters.get('bdSeq')
    deps.counters.set('bdSeq', (bdSeq + 1) % 256)
    const will = node.death(bdSeq)
    let host: HostState | undefined
    let hostOnline = () => {}
    let connection: UplinkLink | undefined
    let broken = false
    const credentials = deps.credentials()
    const mqtt = await deps.open(
      { url: deps.url, clientId: `${group}-${agent}`, will, ...(credentials ?? {}) },
      {
        lost: detail => {
          broken = true
          hostOnline()
          lost(detail)
        },
        message: (topic, payload) => {
          if (topic !== stateTopic) return void received(topic, payload, connection)
          const next = hostStateAfter(host, new TextDecoder().decode(payload))
          if (next === undefined) return
          const left = host?.online === true && !next.online
          host = next
          if (next.online) hostOnline()
          if (left && connection) {
            // tck-id-operational-behavior-edge-node-termination-host-offline: farewell, disconnect, start over.
            void say(connection.mqtt, node.death(bdSeq), 1)
            lost('the primary host went offline')
          }
        },
      },
      signal,
    )
    try {
      const waiting = new Promise<void>(resolve => {
        hostOnline = resolve
      })
      await mqtt.subscribe(
        topics.agentSubscriptions(group, agent, deps.hostId ?? '').filter(filter => filter !== topics.state('')),
      )
      if (deps.hostId !== undefined) await Promise.race([waiting, aborted(signal)])
      if (broken) throw new Error('the connection broke')
      if (signal.aborted) throw new Error('stopped')
      const link: UplinkLink = {
        mqtt,
        bdSeq,
        close: () => mqtt.close(),
      }
      await sayBirths(mqtt, bdSeq)
      window.restart(outbox.lastSequence())
      captures.restart(outbox.lastSequence())
      connection = link
      return link
    } catch (error) {
      await mqtt.close()
      throw error
    }
  }

  const say = (mqtt: MqttLink, { topic, payload }: Message, qos: 0 | 1) => mqtt.publish(topic, payload, qos)

  function received(topic: string, payload: Uint8Array, link: UplinkLink | undefined) {
    if (topic === confirmTopic) {
      const parsed = parseJson(confirmation, new TextDecoder().decode(payload), topic)
      if (!parsed.ok) return deps.onProblem(unusable(topic, parsed.fault))
      const { stored, rejected } = parsed.value
      outbox.confirm(stored, rejected)
      const over = [...stored, ...rejected.map(({ seq }) => [seq, seq] as const)]
      window.confirmed(over)
      captures.confirmed(over)
      pump()
    } else if (topic === commandTopic) {
      deps.onCommand(new TextDecoder().decode(payload))
    } else if (parseSparkplugTopic(topic)?.type === 'NCMD') {
      try {
        const wanted = decode(payload).metrics.some(({ name, value }) => name === REBIRTH && value === true)
        if (wanted && link) void rebirth(link)
      } catch (error) {
        deps.onProblem({ code: 'MW-1014', place: topic, values: { detail: String(error) } })
      }
    }
    // DCMD: a write needs a person, a role and a reason, which Sparkplug has no place for; commands are the way.
  }

  const sayBirths = async (mqtt: MqttLink, bdSeq: number) => {
    born.clear()
    borrowed.clear()
    for (const device of devicesOnline) born.add(device)
    for (const birth of node.births(bdSeq, device => born.has(device))) await say(mqtt, birth, 0)
  }

  const rebirth = async ({ mqtt, bdSeq }: UplinkLink) => {
    // tck-id-operational-behavior-data-commands-rebirth-action-1: data stops at once, and waits for the births.
    holding = true
    await pumping
    await quietly(sayBirths(mqtt, bdSeq))
    holding = false
    pump()
  }

  /** Sends what the window allows; calls while it runs make it run once more. */
  const pump = () => {
    if (pumping) {
      again = true
      return
    }
    pumping = (async () => {
      do {
        again = false
        const link = session.link()
        if (link === undefined) return
        if (holding) return
        for (const next of window.next(clock.now())) {
          if (holding) window.defer(next.item.seq, clock.now())
          else await send(link.mqtt, next)
        }
        if (!holding) captures.pump()
        await giveBack(link.mqtt)
      } while (again)
    })()
      // The disk cannot be read now: at the next tick again.
      .catch(error => deps.onProblem({ code: 'MW-1010', place: 'outbox', values: { detail: String(error) } }))
      .finally(() => {
        pumping = undefined
      })
  }

  const send = async (mqtt: MqttLink, next: ToSend) => {
    const { item, historical } = next
    try {
      if (item.kind === 'readings') await sayReadings(mqtt, item, historical)
      else await publishEvent(mqtt, item)
    } catch {
      // The connection broke: it goes again after the next births.
      window.defer(item.seq, clock.now() + AGAIN_MS)
    }
  }

  /** Data comes between a device's birth and death only; what an absent device left behind borrows both. */
  const sayReadings = async (mqtt: MqttLink, item: OutboxItem & { kind: 'readings' }, historical: boolean) => {
    if (!born.has(item.device)) {
      born.add(item.device)
      borrowed.add(item.device)
      await say(mqtt, node.deviceBirth(item.device), 0)
    }
    await say(mqtt, node.data(item, historical), 0)
  }

  const giveBack = async (mqtt: MqttLink) => {
    for (const device of borrowed) {
      borrowed.delete(device)
      if (devicesOnline.has(device)) continue
      born.delete(device)
      await quietly(say(mqtt, node.deviceDeath(device), 0))
    }
  }

  const publishEvent = (mqtt: MqttLink, item: Exclude<OutboxItem, { kind: 'readings' }>) =>
    mqtt.publish(topics.event(group, agent), JSON.stringify(item), 1)

  outbox.onAppended(items => {
    if (session.link() === undefined) return
    window.appended(items.filter(({ kind }) => kind !== 'inspection'))
    captures.appended(items.filter(({ kind }) => kind === 'inspection'))
    pump()
  })

  const tellDevice = (message: () => Message) => {
    const link = session.link()
    if (link) void quietly(say(link.mqtt, message(), 0))
  }

  return {
    start() {
      stopTicking = clock.every(PUMP_MS, pump)
      session.start()
    },
    async stop() {
      stopTicking()
      const link = session.link()
      await pumping
      if (link) await quietly(say(link.mqtt, node.death(link.bdSeq), 1))
      await session.stop()
    },
    deviceOnline(device) {
      if (devicesOnline.has(device)) return
      devicesOnline.add(device)
      born.add(device)
      tellDevice(() => node.deviceBirth(device))
    },
    deviceOffline(device) {
      if (!devicesOnline.delete(device)) return
      born.delete(device)
      tellDevice(() => node.deviceDeath(device))
    },
    get online() {
      return session.link() !== undefined
    },
  }
}

const quietly = (promise: Promise<unknown>) => promise.then(() => {}).catch(() => {})

const unusable = (place: string, faults: readonly Problem[]): Problem => ({
  code: 'MW-1014',
  place,
  values: { detail: faults.map(fault => `${fault.place} ${fault.values?.detail ?? ''}`).join('; ') },
})

const aborted = (signal: AbortSignal) =>
  new Promise<void>(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
