/** Telegraf, the peer that acquisition is measured beside, built once from Go modules into a cache outside the checkout. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type BenchOptions, failure } from '../row.ts'

const VERSION = '1.37.2'
const TAGS = 'custom,inputs.opcua_listener,inputs.modbus,outputs.file,serializers.influx'
const MODULE = 'github.com/influxdata/telegraf'

/** The binary; undefined where Go, which builds it, is missing. The first time takes some minutes. */
export async function telegraf({ say }: Pick<BenchOptions, 'say'>): Promise<string | undefined> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'millwright', 'telegraf')
  const binary = join(cache, `telegraf-${VERSION}`)
  if (existsSync(binary)) return binary
  if (spawnSync('go', ['version']).status !== 0) return undefined
  say(`building Telegraf ${VERSION} into ${cache} ...`)
  const source = join(cache, 'build')
  mkdirSync(source, { recursive: true })
  writeFileSync(join(source, 'go.mod'), 'module tg\n\ngo 1.25\n')
  writeFileSync(join(source, 'tools.go'), `//go:build tools\n\npackage tools\n\nimport _ "${MODULE}/cmd/telegraf"\n`)
  await go(source, ['get', `${MODULE}@v${VERSION}`])
  await go(source, ['mod', 'tidy', '-e'])
  await go(source, ['build', '-p=2', '-buildvcs=false', '-tags', TAGS, '-o', 'telegraf', `${MODULE}/cmd/telegraf`])
  renameSync(join(source, 'telegraf'), binary)
  rmSync(source, { recursive: true, force: true })
  return binary
}

function go(cwd: string, args: readonly string[]): Promise<void> {
  const child = spawn('go', args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' },
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    err = (err + part).slice(-2000)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', status =>
      status === 0 ? resolve() : reject(failure(`go ${args[0]} ended with ${status}: ${err}`)),
    )
  })
}
