import { createRequire } from 'node:module'
import type CV from '@techstark/opencv-js'

export type OpenCv = typeof CV

/**
 * Loads OpenCV's WebAssembly: about 1 s and 85 MB, so in workers only and once a worker. Its CommonJS export is itself a
 * promise, which loaders that wrap modules break: it is required, not imported.
 */
export async function loadOpenCv(): Promise<OpenCv> {
  return await (createRequire(import.meta.url)('@techstark/opencv-js') as Promise<OpenCv>)
}
