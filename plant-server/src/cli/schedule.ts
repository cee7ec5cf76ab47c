import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import {
  type CommandIo,
  describe,
  type Problem as Fault,
  failed,
  ok,
  parseArguments,
  type Result,
  UsageError,
} from '@millwright/contract'
import type { Problem } from '../domain/schedule/model.ts'
import { parseClassicFile } from '../schedule/classic-file.ts'
import { sharedNow } from '../schedule/messages.ts'
import { solveProblem } from '../schedule/plan-problem.ts'
import { buildPlanning } from '../schedule/planning.ts'
import { loadPlantFile } from '../schedule/plant-file.ts'
import { createSearchPool } from '../schedule/search-pool.ts'

/** Of the seconds asked, what is kept for the verifier, the answer and the end of the process. */
const RESERVE_MS = 300
/** The start of the process counts too; more than this was not start-up but another life of the process. */
const LONGEST_STARTUP_MS = 3000

/** Base date of plant files: any would do, as all times in the answer count from it or from the first start before it. */
const PLANT_BASE = Date.UTC(2026, 0, 5)

type Format = 'jssp' | 'fjsp' | 'plant'

/**
 * `schedule FILE --format jssp|fjsp|plant --seconds N [--seed S] [--json]`: plans the file within N seconds, start of
 * the process included. Exit 0: a verified plan; 1: the file has faults; 3: the verifier refuses the plan.
 */
export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const started = sharedNow() - Math.min(performance.now(), LONGEST_STARTUP_MS)
  const { file, format, seconds, seed, json } = readArguments(argv)
  const problem = await readProblem(file, format)
  if (!problem.ok) {
    for (const fault of problem.fault) io.err(`${fault.code} ${describe(fault).en}\n`)
    return 1
  }
  const pool = createSearchPool(Math.min(4, Math.max(1, availableParallelism())))
  const left = seconds * 1000 - RESERVE_MS - (sharedNow() - started)
  const options = { seconds: Math.max(50, left) / 1000, seed }
  const solved = await solveProblem(pool, problem.value, options, sharedNow)
  await pool.close()
  const { plan, objective, makespan, bound, gap, proved, violations } = solved
  const verified = violations.length === 0
  if (!verified) {
    const fault = { code: 'MW-3002', values: { detail: JSON.stringify(violations.slice(0, 5)) } } as const
    io.err(`${fault.code} ${describe(fault).en}\n`)
  }
  const spent = Math.round(sharedNow() - started) / 1000
  const answer = { objective, makespan, bound, gap, proved, verified, seconds: spent, operations: plan.operations }
  if (json) io.out(`${JSON.stringify(answer)}\n`)
  else io.out(`${table(answer)}\n`)
  return verified ? 0 : 3
}

function readArguments(argv: readonly string[]) {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['format', 'seconds', 'seed'],
    flags: ['json'],
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new UsageError('name one FILE')
  const format = options.format
  if (format !== 'jssp' && format !== 'fjsp' && format !== 'plant') {
    throw new UsageError('--format must be jssp, fjsp or plant')
  }
  const seconds = Number(options.seconds)
  if (!(seconds > 0 && seconds <= 86_400)) throw new UsageError('--seconds must be a number above 0, at most 86400')
  const seed = Number(options.seed ?? 1)
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed must be an integer')
  return { file, format: format as Format, seconds, seed, json: flags.has('json') }
}

async function readProblem(file: string, format: Format): Promise<Result<Problem, Fault[]>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return failed([{ code: 'MW-0102', place: file, values: { detail } }])
  }
  if (format !== 'plant') return parseClassicFile(text, format, file)
  const plant = loadPlantFile(text, PLANT_BASE, file)
  if (!plant.ok) return plant
  const { shop, orders } = plant.value
  return ok(buildPlanning({ shop, orders, now: PLANT_BASE }).problem)
}

function table(answer: { operations: readonly object[] } & Record<string, unknown>): string {
  const { operations, ...figures } = answer
  const head = Object.entries(figures).map(([name, value]) => `${name}\t${value}`)
  const rows = operations.map(operation => Object.values(operation).join('\t'))
  return [...head, '', 'job\toperation\tmachine\tstart\tend', ...rows].join('\n')
}
