/**
 * The agent's process is killed (-9) again and again while a PLC works with it: every part is answered once, by its own
 * number; only a part whose picture was lost with the process may be told "none". MILLWRIGHT_STATION_KILLS: how many (3).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { root } from '../journeys/support/plant.ts'
import { createPushingCamera, freePort, writeLineFile } from './line.ts'
import { createModbusPlc, MODBUS_ADDRESSES } from './modbus-plc.ts'
import { countResults, createPlc, panelOf } from './plc.ts'

const KILLS = Number(process.env.MILLWRIGHT_STATION_KILLS ?? 3)
const NONE = 9

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

function startProcess(file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'edge-agent', 'src', 'main.ts'), 'run', file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`mw-edge run ended with ${code}`)))
    createInterface({ input: child.stdout! }).once('line', () => resolve(child))
  })
}

const kill = (child: ChildProcess) =>
  new Promise<void>(resolve => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

it(
  'a killed agent misses no part and answers none twice',
  async () => {
    const port = await freePort()
    const memory = createModbusPlc(port)
    await memory.start()
    undo.push(() => memory.stop())
    const line = await writeLineFile(
      { kind: 'modbus', host: '127.0.0.1', port, pollMs: 10, timeoutMs: 500 },
      signal => MODBUS_ADDRESSES[signal],
      { captureMs: 5000, timeoutMs: 30_000 },
    )
    undo.push(line.remove)
    const camera = createPushingCamera(line.pushPort)
    let over = false
    // Sends again until it is taken, as cameras do.
    const shoot = async (part: number, panel: string) => {
      for (let before = camera.failed.length; !over; before = camera.failed.length) {
        await camera.shoot(part, panel)
        if (camera.failed.length === before) return
        await pause(50)
      }
    }
    undo.push(() => {
      over = true
    })
    let sawPart: (part: number) => void = () => {}
    const plc = createPlc(memory, {
      answerMs: 90_000,
      dropsTrigger: true,
      onTrigger(part, panel) {
        sawPart(part)
        void shoot(part, panel)
      },
    })
    let child = await startProcess(line.file)
    undo.push(() => kill(child))
    await plc.run(2)
    const parts = 4 * (KILLS + 1)
    const running = plc.run(parts)
    for (let index = 0; index < KILLS; index += 1) {
      // Somewhere in the work on a part: another place each time.
      await new Promise<number>(resolve => {
        sawPart = resolve
      })
      await pause(5 + 35 * index)
      await kill(child)
      child = await startProcess(line.file)
    }
    await running
    expect(plc.parts()).toBe(parts + 2)
    expect(countResults(plc)).toEqual({ missed: 0, doubled: 0 })
    for (const { part, number, panel } of plc.results)
      expect({ number, panel }).toEqual({ number: part, panel: panelOf(part) })
    const none = plc.results.filter(({ verdict }) => verdict === NONE).length
    process.stderr.write(`  ${KILLS} kills, ${parts + 2} parts: ${none} told "none"\n`)
    expect(none).toBeLessThanOrEqual(KILLS)
  },
  60_000 + 60_000 * KILLS,
)
