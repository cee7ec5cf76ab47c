#!/usr/bin/env node
// Hands over to the bundled Node before anything else is loaded: native packages crash, not fail, under Node 20,
// and TypeScript sources need a newer one. The three command lines carry this same file; the layout test compares them.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WANTED_MAJOR = 24
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

if (Number(process.versions.node.split('.')[0]) === WANTED_MAJOR) {
  await import(new URL('../src/main.ts', import.meta.url).href)
} else {
  const bundled = bundledNode()
  if (bundled === undefined) {
    process.stderr.write(
      'MW-0001 the bundled Node is not installed: run "npm start" or "npm test" once in the project folder\n',
    )
    process.exit(3)
  }
  const child = spawn(bundled, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to the whole group: wait for the child. A supervisor sends SIGTERM to us alone: pass it on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 3) : signal === 'SIGINT' ? 130 : 143))
}

/** Path of the Node that the root dependency `node` brought, or undefined. */
function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    return ['node', 'node.exe'].map(name => join(folder, 'bin', name)).find(existsSync)
  } catch {
    return undefined
  }
}
