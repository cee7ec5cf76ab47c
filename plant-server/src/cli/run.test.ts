import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Reading } from '@millwright/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { connectScriptedAgent, until } from '../ingest/scripted-agent.suite.ts'
import { tagDefinition } from '../testing/plant-rig.ts'

const BIN = fileURLToPath(new URL('../../bin/mw-plant.mjs', import.meta.url))
const TAG = 'primary/dryer/outlet_moisture'
const T0 = 1_764_000_000_000
const folders: string[] = []
const children: ReturnType<typeof spawn>[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newPlant(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mw-run-'))
  folders.push(folder)
  writeFileSync(join(folder, 'primary.secret'), 'secret-of-primary\n')
  const agents = 'agents: [{id: primary, secretFile: primary.secret}]'
  writeFileSync(
    join(folder, 'plant.yaml'),
    `data: data\ngroup: plant\nhttp: {port: 0}\nbroker: {embedded: {port: 0}}\n${agents}\n`,
  )
  return folder
}

interface Ready {
  readonly url: string
  readonly mqtt: string
  readonly demo?: { readonly names: string[]; readonly password: string }
}

async function run(folder: string) {
  const child = spawn(process.execPath, [BIN, 'run', '--config', join(folder, 'plant.yaml')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, MILLWRIGHT_LOG: 'silent' },
  })
  children.push(child)
  const exited = new Promise<number | null>(resolve => child.on('exit', code => resolve(code)))
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = JSON.parse(line) as Ready & { ready: true }
    expect(ready.ready).toBe(true)
    return { child, exited, ready }
  }
  throw new Error(`exit ${await exited} before it was ready`)
}

async function cli(...argv: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [BIN, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', data => (out += data))
  child.stderr.on('data', data => (err += data))
  return { code: await new Promise(resolve => child.on('close', resolve)), out, err }
}

const readings = (sequence: number): Reading[] =>
  Array.from({ length: 10 }, (_, i) => ({
    tag: TAG,
    t: T0 + sequence * 10 + i,
    value: sequence,
    quality: 'good',
  }))
const connect = (ready: Ready) =>
  connectScriptedAgent({ url: ready.mqtt, agent: 'primary', secret: 'secret-of-primary', group: 'plant' })

// Real processes, started six times: slow on a busy machine.
describe('mw-plant as processes', { timeout: 180_000 }, () => {
  it('SIGKILL in mid ingest: what was confirmed is there once, what is sent again is stored once', async () => {
    const folder = newPlant()
    const data = join(folder, 'data')
    const first = await run(folder)
    const agent = await connect(first.ready)
    await agent.birth('plc', [tagDefinition(TAG)])
    for (let sequence = 0; sequence < 300; sequence += 1)
      void agent.data('plc', readings(sequence), sequence).catch(() => {})
    await until(() => agent.confirmations().length > 0, 'a first confirmation')
    for (let sequence = 300; sequence < 600; sequence += 1)
      void agent.data('plc', readings(sequence), sequence).catch(() => {})
    first.child.kill('SIGKILL')
    expect(await first.exited).toBeNull()
    const confirmed = Array.from({ length: 600 }, (_, sequence) => sequence).filter(agent.isConfirmed)
    await agent.close()
    expect(confirmed.length).toBeGreaterThan(0)

    const second = await run(folder)
    const history = async () => {
      const { code, out } = await cli(
        'history',
        TAG,
        '--from',
        iso(T0),
        '--to',
        iso(T0 + 1e6),
        '--json',
        '--data',
        data,
      )
      expect(code).toBe(0)
      return JSON.parse(out) as { tag: string; unit: string; points: [number, number, string][] }
    }
    const kept = await history()
    expect({ ...kept, points: [] }).toEqual({ tag: TAG, unit: '%', points: [] })
    const values = new Set(kept.points.map(([, value]) => value))
    for (const sequence of confirmed) expect(values).toContain(sequence)
    expect(kept.points.length % 10).toBe(0)

    const back = await connect(second.ready)
    for (let sequence = 0; sequence < 600; sequence += 1) await back.data('plc', readings(sequence), sequence, true)
    await until(() => [0, 299, 300, 599].every(back.isConfirmed), 'all confirmed')
    const points = (await history()).points
    expect(points).toHaveLength(6000)
    expect(points.map(([t]) => t)).toEqual(Array.from({ length: 6000 }, (_, i) => T0 + i))
    await back.close()
  })

  it('demo password once; folder in use refused; tags by folder and by URL; stops in time and leaves nothing', async () => {
    const folder = newPlant()
    const data = join(folder, 'data')
    const { child, exited, ready } = await run(folder)
    expect(ready.demo?.names).toHaveLength(5)
    const signedIn = await fetch(`${ready.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'admin', password: ready.demo?.password }),
    })
    const { token } = (await signedIn.json()) as { token: string }

    const agent = await connect(ready)
    await agent.birth('plc', [tagDefinition(TAG)])
    await agent.data('plc', readings(1), 1)
    await until(() => agent.isConfirmed(1))
    expect(JSON.parse((await cli('tags', '--json', '--data', data)).out)).toEqual([
      { tag: TAG, unit: '%', source: 'opcua', description: 'Outlet moisture' },
    ])
    process.env.MILLWRIGHT_TOKEN = token
    expect((await cli('tags', '--json', '--url', ready.url)).out).toContain(TAG)
    expect(await cli('history', 'primary/none', '--from', iso(0), '--to', iso(1), '--data', data)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('MW-2004'),
    })
    expect((await cli('history', TAG, '--data', data)).code).toBe(2)
    expect(await cli('run', '--config', join(folder, 'plant.yaml'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('MW-0105'),
    })

    const began = performance.now()
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(performance.now() - began).toBeLessThan(5000)
    await agent.close()
    for (const name of ['lock', 'running.json']) expect(existsSync(join(data, 'server', name))).toBe(false)
    expect((await cli('tags', '--data', data)).err).toContain('MW-0106')
    const again = await run(folder)
    expect(again.ready.demo).toBeUndefined()
    expect(readFileSync(join(data, 'server', 'running.json'), 'utf8')).toContain(again.ready.url)
  })

  it('a configuration with faults names them all and exits 1', async () => {
    const folder = newPlant()
    writeFileSync(join(folder, 'plant.yaml'), 'http: {port: -1}\ndemo: 3\n')
    const { code, err } = await cli('run', '--config', join(folder, 'plant.yaml'))
    expect(code).toBe(1)
    expect(err).toContain('#/http/port')
    expect(err).toContain('#/demo')
  })
})

const iso = (t: number) => new Date(t).toISOString()
