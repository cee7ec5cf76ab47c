/** PDF from a view. Each report has its own worker: fonts and pages are gone from memory when it is done. */
import { Worker } from 'node:worker_threads'
import { ProblemError } from '@millwright/contract'
import type { PdfJob } from './pdf-worker.ts'

/** A report that takes longer than this is given up, ms. */
const PATIENCE = 60_000

export type TypesetPdf = (job: PdfJob) => Promise<Buffer>

/** Refuses with MW-4002. */
export const typesetInWorker: TypesetPdf = job =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { workerData: job })
    const fail = (detail: string) => {
      void worker.terminate()
      reject(new ProblemError({ code: 'MW-4002', values: { detail } }))
    }
    const handle = setTimeout(() => fail(`not done after ${PATIENCE / 1000} s`), PATIENCE)
    worker.once('message', (bytes: Uint8Array) => {
      clearTimeout(handle)
      resolve(Buffer.from(bytes))
    })
    worker.once('error', error => {
      clearTimeout(handle)
      fail(error instanceof Error ? error.message : String(error))
    })
    worker.once('exit', code => {
      clearTimeout(handle)
      if (code !== 0) fail(`the worker ended with status ${code}`)
    })
  })
