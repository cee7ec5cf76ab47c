/** `mw-plant run [--config FILE] [--data DIR] [--port N]`: the plant server until SIGINT or SIGTERM. */
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { type CommandIo, describe, parseArguments, systemClock, UsageError } from '@millwright/contract'
import pino from 'pino'
import { defaultConfig, loadConfig } from '../config/load.ts'
import type { Config } from '../config/schema.ts'
import { createPlant } from '../plant.ts'
import { claimDataFolder } from '../security/data-folder.ts'
import { reportProblems } from './client.ts'
import { readKnowledge } from './sample-knowledge.ts'
import { ensureSamplePlant } from './sample-plant.ts'

/** Whatever still hangs then is left behind. */
const MOST_STOP_MS = 4500

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { options, positionals } = parseArguments(argv, { options: ['config', 'data', 'port'] })
  if (positionals.length > 0) throw new UsageError(`what is "${positionals[0]}"?`)
  const config = configOf(options, io)
  return config === undefined ? 1 : reportProblems(io, () => serve(config, io))
}

function configOf(options: Readonly<Record<string, string>>, io: CommandIo): Config | undefined {
  const loaded = options.config === undefined ? undefined : loadConfig(options.config)
  if (loaded?.ok === false) {
    for (const problem of loaded.fault) io.err(`${problem.code} ${describe(problem).en}\n`)
    return undefined
  }
  const config = loaded?.value ?? defaultConfig()
  const port = options.port === undefined ? config.http.port : Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError('--port is 0..65535')
  const data = options.data === undefined ? config.data : resolve(options.data)
  return { ...config, data, http: { ...config.http, port } }
}

/** At a steady load the heap stands still: without it V8 lets it grow up to fourfold between two full collections. */
const HEAP_GROWS_PERCENT = 50

async function serve(config: Config, io: CommandIo): Promise<number> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWS_PERCENT}`)
  const stopped = new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => done())
  })
  const log = pino({ level: process.env.MILLWRIGHT_LOG ?? 'info', base: { part: 'plant-server' } }, pino.destination(2))
  const folder = claimDataFolder(config.data, process.pid)
  try {
    const plant = await createPlant({
      config,
      clock: systemClock,
      log,
      folder: folder.server,
      demoPassword: process.env.MILLWRIGHT_DEMO_PASSWORD,
      knowledge: await readKnowledge(config),
    })
    try {
      const { url, demo, opcua } = await plant.listen()
      folder.announce({ url, pid: process.pid, token: plant.localToken })
      io.out(
        `${JSON.stringify({ ready: true, url, mqtt: plant.mqttUrl, ...(opcua ? { opcua } : {}), ...(demo ? { demo } : {}) })}\n`,
      )
      // In the background: the plant is usable while its first plan is made.
      if (config.demo) {
        ensureSamplePlant(plant.parts.planning).catch(error =>
          log.error({ code: 'MW-3001', err: error }, 'no sample plant'),
        )
      }
      await stopped
      log.info('stopping')
    } finally {
      await Promise.race([plant.close(), systemClock.sleep(MOST_STOP_MS)])
    }
  } finally {
    folder.release()
    // A peer that does not let go of its socket must not keep the process.
    setTimeout(() => process.exit(), 200).unref()
  }
  return 0
}
