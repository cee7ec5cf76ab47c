/** Control loops and guard, plugged in: loaded only where the agent's file names loops. */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LoopLevel, type Problem, ProblemError, parseJson, parser, tagOf } from '@millwright/contract'
import { Type } from 'typebox'
import type { AgentDeps } from '../agent.ts'
import { limitsGuard } from '../commands/limits-guard.ts'
import type { AgentConfig } from '../config/schema.ts'

/** Folder of the shipped models. */
const SHIPPED = join(dirname(fileURLToPath(import.meta.resolve('@millwright/models'))), '..')

const levelsFile = parser(Type.Record(Type.String(), LoopLevel))

/** Throws a ProblemError where a loop cannot run. */
export async function createControl(
  config: AgentConfig,
  file: string,
): Promise<Pick<AgentDeps, 'createLoops' | 'createGuard'>> {
  if (config.loops === undefined || config.loops.length === 0)
    return { createLoops: async () => undefined, createGuard: () => limitsGuard }
  const { createGuard, createLoopRunner, loadSoftSensor, loadTracked, LoopConfig } = await import('../control/index.ts')
  const loopParser = parser(LoopConfig)
  const loops = config.loops.map((loop, index) => {
    const parsed = loopParser.parse(loop, `${file} loops[${index}]`)
    if (!parsed.ok) throw first(parsed.fault)
    const sensor = loadSoftSensor(parsed.value.model, dirname(resolve(file)), SHIPPED)
    if (!sensor.ok) throw first(sensor.fault)
    if (parsed.value.predictive === undefined) return { config: parsed.value, sensor: sensor.value }
    const tracked = loadTracked(parsed.value.predictive.model, dirname(resolve(file)), SHIPPED)
    if (!tracked.ok) throw first(tracked.fault)
    return { config: parsed.value, sensor: sensor.value, tracked: tracked.value }
  })
  const names = new Map((config.tags ?? []).map(tag => [tagOf(config.agent, tag.name), tag.description]))
  const units = new Map((config.tags ?? []).map(tag => [tagOf(config.agent, tag.name), tag.unit ?? '']))
  return {
    createGuard: newest => createGuard({ agent: config.agent, loops: loops.map(loop => loop.config), newest }),
    createLoops: async ports =>
      createLoopRunner({
        agent: config.agent,
        loops,
        ports,
        levels: levelsIn(join(config.data, 'loop-levels.json')),
        newId: randomUUID,
        unitOf: tag => units.get(tag) ?? '',
        nameOf: tag => names.get(tag) ?? { zh: tag, en: tag },
      }),
  }
}

/** Faults of the loops in the file. */
export async function loopFaults(config: AgentConfig, file: string): Promise<Problem[]> {
  if (config.loops === undefined || config.loops.length === 0) return []
  const { LoopConfig } = await import('../control/index.ts')
  const loopParser = parser(LoopConfig)
  return config.loops.flatMap((loop, index) => {
    const parsed = loopParser.parse(loop, `${file} loops[${index}]`)
    return parsed.ok ? [] : parsed.fault
  })
}

const first = (faults: readonly Problem[]) => new ProblemError(faults[0]!)

/** Levels as people set them last, in a small file beside the outbox. */
function levelsIn(path: string) {
  return {
    read(): Record<string, LoopLevel> {
      if (!existsSync(path)) return {}
      const parsed = parseJson(levelsFile, readFileSync(path, 'utf8'), path)
      return parsed.ok ? parsed.value : {}
    },
    write(levels: Readonly<Record<string, LoopLevel>>) {
      writeFileSync(`${path}.part`, JSON.stringify(levels))
      renameSync(`${path}.part`, path)
    },
  }
}
