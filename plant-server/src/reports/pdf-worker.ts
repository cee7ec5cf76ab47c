/** One report typeset, away from the thread that serves people. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ReportView } from './inspection-view.ts'
import { typesetPdf } from './typst.ts'

export interface PdfJob {
  readonly view: ReportView
  readonly pictures: ReadonlyMap<string, Uint8Array>
  readonly creationTime_ms: number
}

const { view, pictures, creationTime_ms } = workerData as PdfJob
parentPort?.postMessage(typesetPdf(view, pictures, creationTime_ms))
