import { type Problem as Fault, failed, ok, type Result } from '@millwright/contract'
import type { Job, Problem } from '../domain/schedule/model.ts'

export type ClassicFormat = 'jssp' | 'fjsp'

/**
 * Benchmark files of job shops. First line: numbers of jobs and machines. Then a line a job; `jssp`: machine and
 * duration of each operation; `fjsp` (Brandimarte): number of operations, then of each the number of choices and that
 * many pairs of machine and duration. Machines count from 0. Lines that do not start with a digit are remarks.
 */
export function parseClassicFile(text: string, format: ClassicFormat, place: string): Result<Problem, Fault[]> {
  const faults: Fault[] = []
  const fault = (line: number, detail: string) => {
    faults.push({ code: 'MW-3001', place: `${place}:${line}`, values: { detail } })
  }
  const rows = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, words: line.trim().split(/\s+/) }))
    .filter(({ words }) => /^\d/.test(words[0] ?? ''))
  const [header, ...lines] = rows
  const jobCount = Number(header?.words[0])
  const machineCount = Number(header?.words[1])
  if (header === undefined || !isCount(jobCount) || !isCount(machineCount)) {
    fault(header?.line ?? 1, 'jobs machines: ≥ 1')
    return failed(faults)
  }
  if (lines.length < jobCount) fault(rows.at(-1)!.line, `jobs: ${lines.length} < ${jobCount}`)

  const jobs = lines.slice(0, jobCount).map(({ line, words }): Job => {
    const numbers = words.map(Number)
    const bad = numbers.findIndex(number => !Number.isSafeInteger(number) || number < 0)
    if (bad >= 0) fault(line, `"${words[bad]}" ≠ 0, 1, 2 …`)
    let at = 0
    const read = () => numbers[at++] ?? Number.NaN
    const operations: { machine: number; duration: number }[][] = []
    const count = format === 'fjsp' ? read() : numbers.length / 2
    const choices = (): number => (format === 'fjsp' ? read() : 1)
    for (let k = 0; k < count && at < numbers.length; k += 1) {
      const size = choices()
      operations.push(
        Array.from({ length: Math.min(size, numbers.length) }, () => ({ machine: read(), duration: read() })),
      )
    }
    const isWhole = at === numbers.length && operations.length === count && operations.every(row => row.length > 0)
    if (bad < 0 && !isWhole) fault(line, `${numbers.length} numbers, ${at} wanted`)
    const beyond = operations.flat().find(({ machine }) => machine >= machineCount)
    if (bad < 0 && beyond !== undefined) fault(line, `machine ${beyond.machine} > ${machineCount - 1}`)
    return {
      release: 0,
      due: null,
      weight: 1,
      operations: operations.map(alternatives => ({
        alternatives,
        family: null,
        materialReady: 0,
        interruptible: false,
        frozen: null,
      })),
    }
  })
  if (faults.length > 0) return failed(faults)
  const machines = Array.from({ length: machineCount }, () => ({ open: null, setup: null, family: null }))
  return ok({ now: 0, machines, jobs })
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= 100_000
}
