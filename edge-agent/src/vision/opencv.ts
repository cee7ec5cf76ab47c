import type CV from '@techstark/opencv-js'

export type OpenCv = typeof CV

/** Loads OpenCV's WebAssembly: about 1 s and 85 MB, so in workers only and once a worker. */
export async function loadOpenCv(): Promise<OpenCv> {
  const module = await import('@techstark/opencv-js')
  return await (module.default as unknown as Promise<OpenCv>)
}
