/**
 * What waits in an outbox is orphaned by no change: while the server is away the agent's file is changed in every way that
 * could strand it (a tag renamed, a tag removed, another Sparkplug group, another server), and all that waited arrives.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTruthLog } from '@millwright/fixtures'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { writeAgentFile, writeServerFile } from './configs.ts'
import { fullTag, nodeName, tagName } from './names.ts'
import { createPart, type Part } from './part.ts'
import { freePorts } from './ports.ts'
import { type Stored, storedAt } from './stored.ts'

const TAGS = 20
const RENAMED = 3
const REMOVED = 7
const NEW_NAME = 'v/renamed'

let folder: string
let plant: ChildProcess
let ports: number[]
const running: Part[] = []
const place = (...names: string[]) => join(folder, ...names)

function start(name: string, program: string, file: string): Part {
  const part = createPart({
    name,
    command: process.execPath,
    args: [join(root, program, 'src', 'main.ts'), 'run', ...(program === 'plant-server' ? ['--config'] : []), file],
    log: place('logs', `${name}.log`),
    random: Math.random,
  })
  part.start()
  running.push(part)
  return part
}
async function startServer(
  name: string,
  http: number,
  mqtt: number,
  group?: string,
): Promise<{ part: Part; stored: Stored }> {
  const [path, data] = [place(`${name}.yaml`), place(name)]
  writeServerFile({
    path,
    data,
    httpPort: http,
    broker: { embedded: { port: mqtt } },
    secretFile: place('secret'),
    ...(group ? { group } : {}),
  })
  const part = start(name, 'plant-server', path)
  await waitFor(`${name} to be ready`, 90_000, () => part.ready())
  return { part, stored: storedAt(`http://127.0.0.1:${http}`, data) }
}
function startAgent(http: number, mqtt: number, more: Partial<Parameters<typeof writeAgentFile>[0]> = {}): Part {
  const path = place('agent.yaml')
  writeAgentFile({
    path,
    data: place('edge'),
    captures: place('captures'),
    opcuaPort: ports[0]!,
    mqttPort: mqtt,
    httpPort: http,
    secretFile: place('secret'),
    tags: TAGS,
    ...more,
  })
  return start('agent', 'edge-agent', path)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mw-moved-'))
  for (const name of ['plant', 'captures']) mkdirSync(place(name))
  writeFileSync(place('secret'), 'secret-of-the-line')
  ports = await freePorts(5)
  plant = fork(
    join(import.meta.dirname, 'plant', 'main.ts'),
    [`${ports[0]}`, `${TAGS}`, place('plant'), place('captures')],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  await new Promise(done => plant.once('message', done))
}, 60_000)
afterAll(async () => {
  for (const part of running) await part.stop()
  plant.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

it('a renamed and a removed tag, another group and another server: all that waited arrives, under its old names', async () => {
  const first = await startServer('first', ports[1]!, ports[2]!)
  const agent = startAgent(ports[1]!, ports[2]!)
  await waitFor(
    'values at the first server',
    90_000,
    async () => (await first.stored.history(fullTag(0)).catch(() => [])).length > 20,
    500,
  )
  await first.part.stop()
  // The outbox fills for a while, without a server.
  const away = Date.now() + 1000
  await waitFor('five seconds of values', 30_000, () => Date.now() > away + 5000)
  const until = Date.now() - 1500
  await agent.stop()

  const second = await startServer('second', ports[3]!, ports[4]!, 'moved')
  startAgent(ports[3]!, ports[4]!, {
    group: 'moved',
    nameOf: index => (index === REMOVED ? undefined : index === RENAMED ? NEW_NAME : tagName(index)),
  })
  await waitFor(
    'live values of the renamed tag',
    90_000,
    async () => (await second.stored.history(`line/${NEW_NAME}`).catch(() => [])).length > 5,
    500,
  )
  await waitFor('the outbox to be empty', 60_000, async () => {
    const status = await second.stored.agent()
    return status?.online === true && status.outboxPending <= 3
  })

  const offered = [...readTruthLog(place('plant', 'values.jsonl'))].filter(({ t }) => t > away && t < until)
  for (const index of [0, RENAMED, REMOVED, TAGS - 1]) {
    const due = offered.filter(({ tag }) => tag === nodeName(index))
    expect(due.length).toBeGreaterThan(20)
    const found = new Map((await second.stored.history(fullTag(index))).map(([t, value]) => [t, value]))
    expect(
      due.filter(({ t, value }) => found.get(t) !== value),
      `${fullTag(index)}: lost`,
    ).toEqual([])
  }
  expect((await second.stored.agent())?.outboxDropped).toBe(0)
}, 400_000)
