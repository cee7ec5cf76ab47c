/** Trigger, picture, verdict, write-back: PLCs by Modbus and OPC UA; none missed, none answered twice, whatever fails. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { waitFor } from '../journeys/support/wait.ts'
import { createPushingCamera, freePort, namedInspector, startAgent, verdictOf, writeLineFile } from './line.ts'
import { createModbusPlc, MODBUS_ADDRESSES } from './modbus-plc.ts'
import { opcuaAddress, startOpcuaPlc } from './opcua-plc.ts'
import { countResults, createPlc, type Plc, panelOf } from './plc.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

const CODES = { pass: 1, fail: 2, review: 3 }
const STAIN = 2

/** Each part has one result, and it is its own. */
function expectOwnResults(plc: Plc, without: readonly number[] = []): void {
  expect(countResults(plc)).toEqual({ missed: 0, doubled: 0 })
  for (const { part, verdict, number, panel, class: kind } of plc.results) {
    const none = without.includes(part)
    expect({ part, verdict, number, panel, kind }).toEqual({
      part,
      verdict: none ? 9 : CODES[verdictOf(part)],
      number: part,
      panel: panelOf(part),
      kind: !none && verdictOf(part) === 'fail' ? STAIN : 0,
    })
  }
}

async function modbusLine(station: object = {}, dropsTrigger = false) {
  const port = await freePort()
  const memory = createModbusPlc(port)
  await memory.start()
  undo.push(() => memory.stop())
  const line = await writeLineFile(
    { kind: 'modbus', host: '127.0.0.1', port, pollMs: 10, timeoutMs: 300 },
    signal => MODBUS_ADDRESSES[signal],
    { captureMs: 1500, timeoutMs: 2500, ...station },
  )
  undo.push(line.remove)
  const camera = createPushingCamera(line.pushPort)
  const problems: string[] = []
  const plc = createPlc(memory, { onTrigger: (part, panel) => void camera.shoot(part, panel), dropsTrigger })
  const start = () => startAgent(line.file, namedInspector, problems)
  return { memory, camera, plc, problems, start }
}

describe('a station with a Modbus PLC', () => {
  it.each([
    ['holds its trigger until the result', false],
    ['lets its trigger fall when the station is busy', true],
  ])('that %s: every part is answered once, with its own verdict', async (_name, drops) => {
    const { plc, camera, start } = await modbusLine({}, drops)
    const agent = await start()
    undo.push(() => agent.stop())
    await plc.run(40)
    expectOwnResults(plc)
    expect(camera.failed).toEqual([])
    const times = plc.results.map(({ ms }) => ms).toSorted((a, b) => a - b)
    process.stderr.write(`  trigger to result without an inspection: median ${times[20]?.toFixed(0)} ms\n`)
  })

  it('a part without a picture is told so, and the next has its own', async () => {
    const { plc, camera, problems, start } = await modbusLine()
    const agent = await start()
    undo.push(() => agent.stop())
    await plc.run(2)
    camera.turn(false)
    await plc.run(1)
    camera.turn(true)
    await plc.run(2)
    expectOwnResults(plc, [3])
    expect(problems).toContain('MW-1046')
  })

  it('a PLC that is away while its part is judged has its answer when it is back, once', async () => {
    const { plc, memory, start, camera } = await modbusLine({ captureMs: 10_000, timeoutMs: 12_000 })
    const agent = await start()
    undo.push(() => agent.stop())
    await plc.run(2)
    camera.turn(false)
    const next = plc.run(1)
    await waitFor('the station to be busy', 5000, () => memory.get('busy') === true, 5)
    await memory.stop()
    await camera.shoot(3, panelOf(3))
    camera.turn(true)
    await camera.shoot(3, panelOf(3))
    await memory.start()
    await next
    await plc.run(3)
    expectOwnResults(plc)
  })

  it('an agent that stops while a part is judged, or while its result stands, answers it once', async () => {
    const { plc, memory, start, camera } = await modbusLine({ captureMs: 10_000, timeoutMs: 12_000 }, true)
    let agent = await start()
    await plc.run(2)
    camera.turn(false)
    const next = plc.run(1)
    await waitFor('the station to be busy', 5000, () => memory.get('busy') === true, 5)
    await agent.stop()
    expect(plc.results).toHaveLength(2)
    agent = await start()
    camera.turn(true)
    await camera.shoot(3, panelOf(3))
    await next
    await plc.run(2)
    await agent.stop()
    agent = await start()
    undo.push(() => agent.stop())
    await plc.run(2)
    expectOwnResults(plc)
  })

  it('a result that nobody takes is withdrawn and said, and the next part is served', async () => {
    const { memory, problems, camera, start } = await modbusLine({ ackMs: 300 })
    const agent = await start()
    undo.push(() => agent.stop())
    memory.set('part', 1)
    memory.set('panel', panelOf(1))
    memory.set('trigger', true)
    await camera.shoot(1, panelOf(1))
    await waitFor('the result', 5000, () => memory.get('valid') === true, 5)
    await waitFor('the result to be withdrawn', 5000, () => memory.get('valid') === false, 5)
    expect(problems).toContain('MW-1048')
    memory.set('trigger', false)
    // Between two looks of the agent the trigger falls and rises: the number of the part tells.
    const plc = createPlc(memory, { onTrigger: (part, panel) => void camera.shoot(part, panel), after: 1 })
    await plc.run(3)
    expect(countResults(plc)).toEqual({ missed: 0, doubled: 0 })
  })
})

describe('a station with an OPC UA PLC', () => {
  it('every part is answered once, with its own verdict', async () => {
    const pki = mkdtempSync(join(tmpdir(), 'mw-plc-pki-'))
    undo.push(() => rmSync(pki, { recursive: true, force: true }))
    const memory = await startOpcuaPlc(pki)
    undo.push(() => memory.stop())
    const line = await writeLineFile(
      { kind: 'opcua', endpoint: memory.endpoint, trust: 'demo', samplingMs: 10, publishingMs: 10 },
      opcuaAddress,
    )
    undo.push(line.remove)
    const camera = createPushingCamera(line.pushPort)
    const plc = createPlc(memory, { onTrigger: (part, panel) => void camera.shoot(part, panel) })
    const agent = await startAgent(line.file, namedInspector)
    undo.push(() => agent.stop())
    await plc.run(20)
    expectOwnResults(plc)
    const times = plc.results.map(({ ms }) => ms).toSorted((a, b) => a - b)
    process.stderr.write(`  OPC UA: trigger to result without an inspection: median ${times[10]?.toFixed(0)} ms\n`)
  })
})
