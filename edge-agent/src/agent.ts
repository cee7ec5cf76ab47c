/**
 * The agent, wired:
 *
 *   sources -> pipeline (rules) -> alarms, loops -> batcher -> outbox -> uplink -> plant server
 *   camera  -> inspector -> image store + outbox ----------------^
 *   plant server -> commands -> guard -> sources (write, read back) -> result -> outbox
 */
import { type Clock, describe, type Problem, type Reading } from '@millwright/contract'
import type { Log } from './base/log.ts'
import { type CommandRunner, createCommandRunner } from './commands/command-runner.ts'
import { createTagWriter } from './commands/tag-writer.ts'
import type { AgentConfig } from './config/schema.ts'
import type { CameraConfig } from './config/sources/camera.ts'
import { startHealth } from './health/health.ts'
import type { Aside } from './outbox/database.ts'
import type { NewEvent } from './outbox/outbox.ts'
import { openStore } from './outbox/store.ts'
import { createAlarmDesk } from './pipeline/alarm-desk.ts'
import { createBatcher } from './pipeline/batcher.ts'
import { createPipeline } from './pipeline/pipeline.ts'
import { AGENT_DEVICE, createTagTable } from './pipeline/tag-table.ts'
import type { Guard } from './ports/guard.ts'
import type { Inspector } from './ports/inspector.ts'
import type { LoopPorts, LoopRunner } from './ports/loop-runner.ts'
import type { Camera } from './sources/camera/camera.ts'
import { createCamera } from './sources/camera/create-camera.ts'
import { createSource } from './sources/create-source.ts'
import { createModbusLines } from './sources/modbus/lines.ts'
import type { Source, SourceEvents } from './sources/source.ts'
import { createStations } from './stations/create-stations.ts'
import { say } from './text/catalogue.ts'
import { credentialsOf } from './uplink/credentials.ts'
import { createEdgeNode } from './uplink/edge-node.ts'
import { createImageUpload } from './uplink/image-upload.ts'
import type { OpenMqtt } from './uplink/mqtt-link.ts'
import { createUplink } from './uplink/uplink.ts'

export interface AgentDeps {
  readonly config: AgentConfig
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly openMqtt: OpenMqtt
  readonly fetch: typeof fetch
  /** Text of a small file (a password), without the line end. */
  readonly readText: (file: string) => string
  readonly usage: () => { readonly cpuSeconds: number; readonly memoryMb: number }
  readonly createInspector: (camera: CameraConfig) => Promise<Inspector>
  /** Control loops of the file; undefined: none. */
  readonly createLoops: (ports: LoopPorts) => Promise<LoopRunner | undefined>
  /** Stands between every write and the machine. */
  readonly createGuard: (newest: (tag: string) => Reading | undefined) => Guard
}

export interface Agent {
  /** Resolves when every source has connected or failed to at least once. */
  start(): Promise<void>
  /** Stops in order: sources, loops, outbox, uplink. What has been seen is on the disk when it resolves. */
  stop(): Promise<void>
}

const DAY_MS = 24 * 3_600_000
/** Nothing dropped for so long: the alarm returns. */
const DROPS_OVER_MS = 60_000

/** Throws a ProblemError where the data folder cannot be used. */
export async function createAgent(deps: AgentDeps): Promise<Agent> {
  const { config, clock, random, log } = deps
  const { agent, group, server } = config
  const startedAt = clock.now()
  const problem = (fault: Problem) => log.warn({ ...fault, text: describe(fault) }, fault.code)

  const store = openStore({
    folder: config.data,
    clock,
    maxBytes: (config.outbox?.maxMb ?? 2048) * 2 ** 20,
    maxAgeMs: (config.outbox?.maxDays ?? 30) * DAY_MS,
    commitMs: config.outbox?.commitMs ?? 150,
    reserveBytes: (config.outbox?.reserveMb ?? 16) * 2 ** 20,
    onFault: error => {
      problem({ code: 'MW-1010', place: config.data, values: { detail: error.message } })
      alarms.own('outbox.fault', 'raise', 'high', say('outbox_fault'))
    },
    onWell: () => alarms.own('outbox.fault', 'return', 'high', say('outbox_fault')),
    onDamaged: aside => damaged(aside),
  })
  const { outbox } = store
  const tags = createTagTable(config)
  // Gathered no longer than the outbox waits with what it was given: whoever wants values sooner sets the one.
  const batcher = createBatcher(outbox, clock, Math.min(100, config.outbox?.commitMs ?? 100))
  const pipeline = createPipeline({
    tags,
    batcher,
    clock,
    onFault: (step, error) => problem({ code: 'MW-0103', place: step, values: { detail: String(error) } }),
    onHole: (device, tag) => {
      store.counters.add('gaps', 1)
      problem({ code: 'MW-1016', place: device, values: { detail: tag } })
    },
  })
  const emit = async (event: NewEvent) => void (await outbox.append(event))
  const damaged = ({ file, salvaged }: Aside) => {
    store.counters.add('gaps', 1)
    problem({ code: 'MW-1015', place: file, values: { salvaged } })
    alarms.own('outbox.damaged', 'raise', 'high', say('outbox_damaged', { file, salvaged }))
  }
  const alarms = createAlarmDesk({
    agent,
    record: store.alarms,
    emit: body => emit({ kind: 'alarm', body }),
    newest: pipeline.newest,
    now: clock.now,
  })

  const sources = new Map<string, Source>()
  const inspectors = new Map<string, Inspector>()
  const write = createTagWriter({
    tags,
    source: id => sources.get(id),
    guard: deps.createGuard(pipeline.newest),
    newest: pipeline.newest,
    now: clock.now,
  })
  const loops = await deps.createLoops({
    emit,
    write,
    alarm: (name, input, message) => alarms.own(name, input, 'high', message),
    newest: pipeline.newest,
    now: clock.now,
  })

  const credentials = () => credentialsOf(config, deps.readText)
  const uplink = createUplink({
    group,
    agent,
    hostId: server.hostId === 'none' ? undefined : server.hostId,
    urls: typeof server.mqtt === 'string' ? [server.mqtt] : server.mqtt,
    confirm: server.confirm ?? 'host',
    ...(server.caFile === undefined ? {} : { ca: deps.readText(server.caFile) }),
    credentials,
    open: deps.openMqtt,
    node: createEdgeNode({
      group,
      agent,
      devices: [AGENT_DEVICE, ...config.sources.map(({ id }) => id)],
      definitions: device => tags.ofDevice(device).map(({ definition }) => definition),
      newest: pipeline.newest,
      typeOf: tag => tags.byTag(tag)?.definition.type,
      now: clock.now,
      aliases: server.aliases ?? true,
    }),
    outbox,
    counters: store.counters,
    images: createImageUpload({
      http: server.http,
      credentials: () => credentials() ?? { user: agent, password: '' },
      path: store.images.path,
      fetch: deps.fetch,
    }),
    clock,
    random,
    onCommand: text => commands.take(text),
    onState: (online, detail) => log.info({ online, detail }, 'plant server'),
    onProblem: problem,
  })
  const commands: CommandRunner = createCommandRunner({
    agent,
    record: store.commands,
    answer: body => emit({ kind: 'command_result', body }),
    write,
    alarms,
    source: id => sources.get(id),
    loops,
    inspector: station => inspectors.get(station),
    clock,
    startedAt,
    onProblem: problem,
  })

  pipeline.onReading('alarms', alarms.ofReading)
  if (loops) pipeline.onReading('loops', reading => loops.onReading(reading))
  let droppedAt = Number.NEGATIVE_INFINITY
  outbox.onDropped(count => {
    droppedAt = clock.now()
    log.warn({ count, total: outbox.stats().dropped }, 'outbox full: oldest dropped')
    alarms.own('outbox.dropped', 'raise', 'high', say('outbox_dropped', { count: outbox.stats().dropped }))
  })

  const modbusLines = createModbusLines({ clock, random })
  const cameras = new Map<string, Camera>()
  for (const source of config.sources) {
    const camera = (camera: CameraConfig) => {
      const made = createCamera({
        config: camera,
        data: config.data,
        readText: deps.readText,
        random,
        inspector: async () => {
          const inspector = inspectors.get(camera.station) ?? (await deps.createInspector(camera))
          inspectors.set(camera.station, inspector)
          return inspector
        },
        store,
        clock,
        onProblem: problem,
      })
      cameras.set(camera.id, made)
      return made
    }
    sources.set(
      source.id,
      await createSource(source, { config, readPassword: deps.readText, clock, random, camera, modbusLines }),
    )
  }

  const stations = createStations({
    config,
    cameras,
    sources,
    tags,
    newest: pipeline.newest,
    clock,
    alarm: (name, step, message) => alarms.own(name, step, 'high', message),
    onProblem: problem,
  })
  pipeline.onReading('stations', stations.onReading)

  const eventsOf = (id: string, settled: () => void): SourceEvents => ({
    samples: samples => pipeline.samples(id, samples),
    alarm: alarm => alarms.ofDevice(id, alarm),
    standing: conditions => alarms.standing(id, conditions),
    fault: (name, detail) => problem({ code: 'MW-1002', place: `${id}/${name}`, values: { detail } }),
    state(state) {
      if (stopping) return
      // Each try of an outage would be a line; the outage itself is one.
      if (state.kind !== 'connecting') log.info({ source: id, ...state }, 'source')
      const name = `${id}.connection`
      if (state.kind === 'online') {
        uplink.deviceOnline(id)
        alarms.own(name, 'return', 'medium', say('source_offline', { source: id }))
        settled()
      } else if (state.kind === 'offline') {
        problem({ code: 'MW-1001', place: id, values: { detail: state.detail } })
        alarms.own(name, 'raise', 'medium', say('source_offline', { source: id }))
        // No value of this source holds any more: marked, then said.
        markGap([id], state.since ?? clock.now())
        void batcher.flush(id).then(() => uplink.deviceOffline(id))
        settled()
      }
    },
  })

  const markGap = (devices: readonly string[], at: number) => {
    const marked = pipeline.markGap(devices, at)
    if (marked > 0) store.counters.add('gaps', marked)
  }

  let stopping = false
  const stops: (() => void)[] = []

  return {
    async start() {
      // The time without this agent, marked at its beginning: just after it was last alive.
      if (store.lastAlive > 0) markGap([AGENT_DEVICE, ...sources.keys()], store.lastAlive + 1)
      if (store.damaged) damaged(store.damaged)
      await commands.recover()
      if (server.confirm === 'broker') log.warn({ text: say('broker_confirms') }, 'broker_confirms')
      uplink.deviceOnline(AGENT_DEVICE)
      uplink.start()
      const { samples } = pipeline
      stops.push(
        startHealth({
          stats: outbox.stats,
          gaps: () => store.counters.get('gaps'),
          usage: deps.usage,
          clock,
          samples: own => samples(AGENT_DEVICE, own),
        }),
        clock.every(1000, () => void loops?.tick(clock.now())),
        clock.every(5000, watchOutbox),
      )
      stations.start()
      await Promise.all(
        [...sources].map(([id, source]) => new Promise<void>(settled => source.start(eventsOf(id, settled)))),
      )
    },
    async stop() {
      stopping = true
      for (const stop of stops) stop()
      await stations.stop()
      await Promise.all([...sources.values()].map(source => source.stop()))
      await commands.idle()
      pipeline.stop()
      await batcher.stop()
      await outbox.flush()
      await uplink.stop()
      for (const inspector of inspectors.values()) await inspector.close?.()
      await store.close()
    },
  }

  function watchOutbox() {
    const { quarantined, dropped } = outbox.stats()
    if (quarantined > 0) alarms.own('outbox.quarantine', 'raise', 'low', say('quarantine', { count: quarantined }))
    if (dropped > 0 && clock.now() - droppedAt > DROPS_OVER_MS)
      alarms.own('outbox.dropped', 'return', 'high', say('outbox_dropped', { count: dropped }))
  }
}
