/** Pages from a view, by Typst. The only importer of the compiler; called in a worker (`pdf-worker.ts`), since it blocks. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { ReportView } from './inspection-view.ts'

/** JPEG bytes by inspection id. */
export type Pictures = ReadonlyMap<string, Uint8Array>

function fonts(): Buffer[] {
  const home = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  return ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map(file =>
    readFileSync(join(home, file)),
  )
}

/** Throws an Error with the compiler's diagnostics. Same view and time: same bytes. */
export function typesetPdf(view: ReportView, pictures: Pictures, creationTime_ms: number): Buffer {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: fonts() }] })
  const withFiles = view.pictures.map((picture, i) => {
    const bytes = pictures.get(picture.inspection)
    if (bytes === undefined) return { ...picture, file: null }
    compiler.mapShadow(join(folder, `picture-${i}.jpg`), Buffer.from(bytes))
    return { ...picture, file: `/picture-${i}.jpg` }
  })
  compiler.mapShadow(join(folder, 'view.json'), Buffer.from(JSON.stringify({ ...view, pictures: withFiles })))
  const compiled = compiler.compile({
    mainFileContent: readFileSync(new URL('./inspection.typ', import.meta.url), 'utf8'),
  })
  if (compiled.result === null) {
    const diagnostics = compiled.takeDiagnostics()
    throw new Error(diagnostics === null ? 'typst gave no document' : JSON.stringify(diagnostics.shortDiagnostics))
  }
  return compiler.pdf(compiled.result, { creationTimestamp: Math.floor(creationTime_ms / 1000) })
}
