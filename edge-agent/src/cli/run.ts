/** `mw-edge run CONFIG`: runs the agent until it is told to stop. */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { type CommandIo, describe, ProblemError, parseArguments, systemClock, UsageError } from '@millwright/contract'
import { pino } from 'pino'
import { type AgentDeps, createAgent } from '../agent.ts'
import { loadConfig } from '../config/load.ts'
import { openMqtt } from '../uplink/mqtt-link.ts'
import { createControl } from '../wiring/control.ts'
import { createInspectorOf } from '../wiring/inspector.ts'
import { showProblems } from './show-problems.ts'

/** Said to be ready after so long even if a source does not answer. */
const READY_MS = 5000
/** A stop that takes longer is cut off: what has been seen is on the disk within one commit. */
const STOP_MS = 2800

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  // Readings are short-lived: a small young generation saves some 50 MB and costs nothing that could be measured.
  setFlagsFromString('--max-semi-space-size=4')
  const { positionals } = parseArguments(argv, {})
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new UsageError('name one file')
  const loaded = loadConfig(file, process.env)
  if (!loaded.ok) return showProblems(loaded.fault, io)
  const config = loaded.value
  const log = pino({ base: { agent: config.agent } }, pino.destination({ dest: 2, sync: true }))
  const { signal: stopSignal, release } = whenToldToStop()
  const deps: Omit<AgentDeps, 'createLoops' | 'createGuard'> = {
    config,
    log,
    clock: systemClock,
    random: Math.random,
    openMqtt,
    fetch,
    readText: path => readFileSync(path, 'utf8').trim(),
    usage: () => {
      const { user, system } = process.cpuUsage()
      return { cpuSeconds: (user + system) / 1e6, memoryMb: Math.round(process.memoryUsage.rss() / 1e5) / 10 }
    },
    createInspector: createInspectorOf,
  }
  try {
    const agent = await createAgent({ ...deps, ...(await createControl(config, file)) })
    const started = agent.start()
    await Promise.race([started, systemClock.sleep(READY_MS), stopSignal])
    io.out(`${JSON.stringify({ ready: true, agent: config.agent })}\n`)
    const signal = await stopSignal
    log.info({ signal }, 'stopping')
    const late = await Promise.race([agent.stop().then(() => false), systemClock.sleep(STOP_MS).then(() => true)])
    if (late) log.warn({}, 'stop took too long: cut off')
    // Libraries may hold sockets a little longer than they were asked to.
    setTimeout(() => process.exit(0), 100).unref()
    return 0
  } catch (error) {
    release()
    if (!(error instanceof ProblemError)) throw error
    io.err(`${error.problem.code} ${describe(error.problem).en}\n`)
    return 3
  }
}

interface StopSignal {
  readonly signal: Promise<string>
  /** Lets the process end by itself. */
  release(): void
}

function whenToldToStop(): StopSignal {
  // Tickers do not keep a process alive; an agent without a connection must live on.
  const alive = setInterval(() => {}, 60_000)
  const signal = new Promise<string>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM'] as const)
      process.on(name, () => {
        clearInterval(alive)
        resolve(name)
      })
  })
  return { signal, release: () => clearInterval(alive) }
}
