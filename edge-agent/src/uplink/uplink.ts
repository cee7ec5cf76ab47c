/**
 * The road to the plant server. One connection at a time: connect with a will, subscribe, wait for the primary host, births,
 * then items as the window lets them go. What is confirmed is forgotten; what is not goes again.
 *
 *   outbox -> window -> DDATA / event -------------> broker -> server -> confirm -> outbox forgets
 *          -> capture lane: image by HTTP -> event -> broker -> server -> confirm -> outbox forgets
 */
import {
  Confirmation,
  decodeSparkplug,
  type Problem,
  parseJson,
  parser,
  parseSparkplugTopic,
  REBIRTH_METRIC,
  topics,
} from '@millwright/contract'
import { createSessionRunner, type Link } from '../base/session-runner.ts'
import type { OutboxItem, Rejection } from '../outbox/outbox.ts'
import { createCaptureLane } from './capture-lane.ts'
import type { Message } from './edge-node.ts'
import { type HostState, hostStateAfter } from './host-state.ts'
import type { MqttLink } from './mqtt-link.ts'
import { createSendWindow, DEFAULT_LIMITS, type ToSend } from './send-window.ts'
import type { Uplink, UplinkDeps } from './uplink-ports.ts'

interface UplinkLink extends Link {
  readonly mqtt: MqttLink
  readonly bdSeq: number
}

const confirmation = parser(Confirmation)
const PUMP_MS = 500
const AGAIN_MS = 2000
/** With several brokers: without a word of the host for so long, the next one is tried. */
const HOST_WAIT_MS = 5000

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
  const byBroker = deps.confirm === 'broker'
  let at = 0
  const url = () => deps.urls[at % deps.urls.length] ?? ''
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
    failed: detail => {
      deps.onProblem({ code: 'MW-1013', place: url(), values: { url: url(), detail } })
      next()
    },
  })

  async function connect(lost: (detail: string) => void, signal: AbortSignal): Promise<UplinkLink> {
    // tck-id-payloads-ndeath-bdseq: 0..255, one more at each CONNECT, kept through restarts.
    const bdSeq = deps.counters.get('bdSeq')
    deps.counters.set('bdSeq', (bdSeq + 1) % 256)
    const will = node.death(bdSeq)
    let host: HostState | undefined
    let hostOnline = () => {}
    let hostOffline = (_why: string) => {}
    let connection: UplinkLink | undefined
    let broken = false
    const credentials = deps.credentials()
    const mqtt = await deps.open(
      {
        url: url(),
        clientId: `${group}-${agent}`,
        will,
        ...(credentials ?? {}),
        ...(deps.ca === undefined ? {} : { ca: deps.ca }),
      },
      {
        lost: detail => {
          broken = true
          hostOnline()
          lost(detail)
        },
        message: (topic, payload) => {
          if (topic !== stateTopic) return void received(topic, payload, connection)
          const said = hostStateAfter(host, new TextDecoder().decode(payload))
          if (said === undefined) return
          const left = host?.online === true && !said.online
          host = said
          if (said.online) hostOnline()
          else hostOffline('the primary host is offline here')
          if (left && connection) {
            // tck-id-operational-behavior-edge-node-termination-host-offline: farewell, disconnect, start over.
            void quietly(say(connection.mqtt, node.death(bdSeq), 1))
            next()
            lost('the primary host went offline')
          }
        },
      },
      signal,
    )
    try {
      const waiting = new Promise<void>((resolve, reject) => {
        hostOnline = resolve
        // tck-id-operational-behavior-primary-application-state-with-multiple-servers-walk: where there is another server.
        if (deps.urls.length > 1) hostOffline = why => reject(new Error(why))
      })
      waiting.catch(() => {})
      await mqtt.subscribe(topics.agentSubscriptions(group, agent, deps.hostId, !byBroker))
      if (deps.hostId !== undefined) {
        const tooLong = deps.urls.length > 1 ? [clock.sleep(HOST_WAIT_MS, signal)] : []
        await Promise.race([waiting, aborted(signal), ...tooLong])
        if (host?.online !== true && !broken && !signal.aborted) throw new Error('the primary host is not seen here')
      }
      if (broken) throw new Error('the connection broke')
      if (signal.aborted) throw new Error('stopped')
      const link: UplinkLink = {
        mqtt,
        bdSeq,
        close: () => mqtt.close(),
      }
      await sayBirths(mqtt, bdSeq)
      // It went while the births were said: the will tells the death.
      if (deps.hostId !== undefined && (host as HostState | undefined)?.online !== true)
        throw new Error('the primary host went offline')
      window.restart(outbox.lastSequence())
      captures.restart(outbox.lastSequence())
      connection = link
      return link
    } catch (error) {
      // Without a farewell: the broker tells the death (a DISCONNECT would want one before it, and nothing was born).
      await mqtt.drop()
      throw error
    }
  }

  /** The next broker's turn. */
  const next = () => {
    at = (at + 1) % deps.urls.length
  }

  const say = (mqtt: MqttLink, { topic, payload }: Message, qos: 0 | 1) => mqtt.publish(topic, payload, qos)
  /** All at once: their numbers are given, nothing may come between them. */
  const sayAll = async (mqtt: MqttLink, messages: readonly Message[], qos: 0 | 1) =>
    void (await Promise.all(messages.map(message => say(mqtt, message, qos))))

  function received(topic: string, payload: Uint8Array, link: UplinkLink | undefined) {
    if (topic === confirmTopic) {
      const parsed = parseJson(confirmation, new TextDecoder().decode(payload), topic)
      if (!parsed.ok) return deps.onProblem(unusable(topic, parsed.fault))
      const { stored, rejected } = parsed.value
      forget(stored, rejected)
    } else if (topic === commandTopic) {
      deps.onCommand(new TextDecoder().decode(payload))
    } else if (parseSparkplugTopic(topic)?.type === 'NCMD') {
      try {
        const { metrics } = decodeSparkplug(payload)
        const wanted = metrics.some(({ name, value }) => name === REBIRTH_METRIC && value === true)
        if (wanted && link) void rebirth(link)
      } catch (error) {
        deps.onProblem({ code: 'MW-1014', place: topic, values: { detail: String(error) } })
      }
    } else if (parseSparkplugTopic(topic)?.type === 'DCMD') {
      // A write needs a person, a role and a reason, which Sparkplug has no place for: commands are the way.
      deps.onProblem({ code: 'MW-1017', place: topic })
    }
  }

  const sayBirths = async (mqtt: MqttLink, bdSeq: number) => {
    born.clear()
    borrowed.clear()
    for (const device of devicesOnline) born.add(device)
    await sayAll(
      mqtt,
      node.births(bdSeq, device => born.has(device)),
      0,
    )
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
        const some = window.next(clock.now())
        for (const next of some) {
          if (holding) window.defer(next.item.seq, clock.now())
          else await send(link.mqtt, next)
        }
        // A backlog goes in small portions: what comes in meanwhile must be heard and made durable in time.
        if (some.length > 0 && !holding) {
          again = true
          await clock.sleep(0)
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

  /** The connection broke: it goes again after the next births. */
  const later = ({ seq }: OutboxItem) => window.defer(seq, clock.now() + AGAIN_MS)

  const send = async (mqtt: MqttLink, next: ToSend) => {
    const { item, historical } = next
    try {
      if (item.kind === 'readings') await sayReadings(mqtt, item, historical)
      else publishEvent(mqtt, item).catch(() => later(item))
    } catch {
      later(item)
    }
  }

  /** Data comes between a device's birth and death only; what an absent device left behind borrows both. */
  const sayReadings = async (mqtt: MqttLink, item: OutboxItem & { kind: 'readings' }, historical: boolean) => {
    if (!born.has(item.device)) {
      born.add(item.device)
      borrowed.add(item.device)
      await say(mqtt, node.deviceBirth(item.device), 0)
    }
    const messages = node.data(item, historical)
    // tck-id-payloads-ddata-qos. Towards a host that says nothing the broker's word is all there is, and it is waited for beside.
    if (!byBroker) return sayAll(mqtt, messages, 0)
    sayAll(mqtt, messages, 1).then(
      () => delivered(item),
      () => later(item),
    )
  }

  const giveBack = async (mqtt: MqttLink) => {
    for (const device of borrowed) {
      borrowed.delete(device)
      if (devicesOnline.has(device)) continue
      born.delete(device)
      await quietly(say(mqtt, node.deviceDeath(device), 0))
    }
  }

  const publishEvent = async (mqtt: MqttLink, item: Exclude<OutboxItem, { kind: 'readings' }>) => {
    await mqtt.publish(topics.event(group, agent), JSON.stringify(item), 1)
    if (byBroker) delivered(item)
  }

  /** The broker has it, and nobody else will say more. */
  const delivered = ({ seq }: OutboxItem) => forget([[seq, seq]], [])

  const forget = (stored: readonly (readonly [number, number])[], rejected: readonly Rejection[]) => {
    outbox.confirm(stored, rejected)
    const over = [...stored, ...rejected.map(({ seq }) => [seq, seq] as const)]
    window.confirmed(over)
    captures.confirmed(over)
    pump()
  }

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
