/** A task for a program of the bench as a process of its own: handed over and answered by IPC. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type BenchOptions, failure } from '../row.ts'
import { endProcess } from './command.ts'

/** @param program file name in `test/bench` */
export async function askProcess<R>(
  program: string,
  task: object,
  mostSeconds: number,
  { defer }: Pick<BenchOptions, 'defer'>,
): Promise<R> {
  const path = join(import.meta.dirname, '..', program)
  const child = fork(path, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  defer(() => endProcess(child))
  const timer = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000)
  try {
    return await new Promise<R>((resolve, reject) => {
      child.once('message', message => resolve(message as R))
      child.once('error', reject)
      child.once('exit', (status, signal) => reject(failure(`${program} ended with ${status ?? signal}`)))
      child.send(task)
    })
  } finally {
    clearTimeout(timer)
  }
}
