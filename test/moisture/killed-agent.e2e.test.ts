/** The real agent process holds the heartbeat of the simulated plant over OPC UA; kill -9 leaves the plant to its own PI. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heartbeatTimeout_s, type PrimaryLine, startPrimaryLine } from '@millwright/fixtures'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const HOME = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'mw-killed-'))
let line: PrimaryLine
let agent: ChildProcess | undefined
let said = ''

beforeAll(async () => {
  line = await startPrimaryLine({ port: 0, data: join(folder, 'plant'), seed: 4 })
  const data = join(folder, 'agent')
  mkdirSync(data)
  writeFileSync(join(data, 'loop-levels.json'), JSON.stringify({ 'dryer-moisture': 'advise' }))
  writeFileSync(join(folder, 'secret'), 'unused')
  agent = spawn(
    process.execPath,
    [join(HOME, 'edge-agent/bin/mw-edge.mjs'), 'run', join(HOME, 'edge-agent/config/demo-primary.yaml')],
    {
      env: {
        ...process.env,
        MW_AGENT_DATA: data,
        // Nobody listens there: control does not need the plant server.
        MW_SERVER_MQTT: 'mqtt://127.0.0.1:9',
        MW_SERVER_HTTP: 'http://127.0.0.1:9',
        MW_AGENT_SECRET_FILE: join(folder, 'secret'),
        MW_OPCUA_ENDPOINT: line.endpoint,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  agent.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
})

afterAll(async () => {
  agent?.kill('SIGKILL')
  await line.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('a killed agent leaves the steam to the plant within the heartbeat timeout, without a bump', async () => {
  const within = (seconds: number) => ({ timeout: seconds * 1000, interval: 100 })
  await vi.waitFor(() => expect(line.state().control.mode, said.slice(-2000)).toBe('remote'), within(60))
  agent?.kill('SIGKILL')
  const standing = line.state().setpoints.steamPressure
  const killedAt = line.state().time_s
  await vi.waitFor(() => expect(line.state().control.mode).toBe('local'), within(heartbeatTimeout_s + 10))
  expect(line.state().time_s - killedAt).toBeLessThan(heartbeatTimeout_s + 4)
  expect(Math.abs(line.state().setpoints.steamPressure - standing)).toBeLessThan(0.2)
}, 180_000)
