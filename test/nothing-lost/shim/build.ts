/** Compiles the shim into a folder; gives its path. Needs gcc, as every machine that builds native packages has. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export const hasCompiler = ((): boolean => {
  if (process.platform !== 'linux') return false
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

export function buildShim(folder: string): string {
  const library = join(folder, 'unsynced.so')
  const source = join(import.meta.dirname, 'unsynced.c')
  execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], { stdio: 'inherit' })
  return library
}
