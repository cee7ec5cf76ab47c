/** The plant's OPC UA server as another vendor's client sees it. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type InspectionEvent, systemClock } from '@millwright/contract'
import { createPlant, type Plant, parseConfig } from '@millwright/plant-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../journeys/support/plant.ts'

const python = process.env.MILLWRIGHT_PEERS_PYTHON ?? ''
// In CI the peers must be there; elsewhere their absence is a visible skip.
const skip = !existsSync(python) && process.env.CI === undefined
if (skip)
  process.stderr.write(
    'the OPC UA server is not tried with asyncua: MILLWRIGHT_PEERS_PYTHON names no Python (see test/peers/README.md)\n',
  )

const TAG = 'primary/dryer/outlet_moisture'
const PASSWORD = 'a password of the test'
const quiet = () => undefined
const log = {
  warn: quiet,
  info: quiet,
  error: quiet,
  debug: quiet,
  trace: quiet,
  fatal: quiet,
  silent: quiet,
  level: 'silent',
}

describe.skipIf(skip)('asyncua at the plant’s OPC UA server', { timeout: 180_000 }, () => {
  let folder: string
  let plant: Plant
  let endpoint: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mw-asyncua-'))
    const text = 'http: {port: 0}\nbroker: {embedded: {port: 0}}\ndemo: false\nopcuaServer: {port: 0}\n'
    const config = parseConfig(text, folder, 'plant.yaml')
    if (!config.ok) throw new Error(JSON.stringify(config.fault))
    plant = await createPlant({
      config: config.value,
      clock: systemClock,
      log: { ...log, child: () => log } as never,
      folder,
    })
    const { people, passwords, tags, live, inspections } = plant.parts
    const user = { name: 'anna', role: 'qa_engineer', lang: 'zh', disabled: false, demo: false } as const
    await people.addUser(user, await passwords.hash(PASSWORD), 0)
    await tags.learn([
      {
        tag: TAG,
        agent: 'primary',
        device: 'plc',
        source: 'opcua',
        type: 'float',
        unit: '%',
        description: { zh: '出口水分', en: 'Outlet moisture' },
      },
    ])
    live.update([{ tag: TAG, t: 1_764_000_000_000, value: 12.5, quality: 'good' }])
    await inspections.add('packing', 'LOT-1', inspection)
    endpoint = (await plant.listen()).opcua ?? ''
  }, 120_000)
  afterAll(async () => {
    await plant?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const client = (password = PASSWORD) =>
    new Promise<{ status: number; out: string }>(resolve => {
      const script = join(root, 'test', 'peers', 'opcua_client.py')
      execFile(python, [script, endpoint, folder, 'anna', password, TAG], (error, out) =>
        resolve({ status: error === null ? 0 : Number(error.code ?? 1), out }),
      )
    })

  it('is refused until its certificate is trusted, then reads values, equipment and results, and writes nothing', async () => {
    expect((await client()).status).not.toBe(0)
    const pki = join(folder, 'opcua', 'pki')
    for (const name of readdirSync(join(pki, 'rejected')))
      renameSync(join(pki, 'rejected', name), join(pki, 'trusted', 'certs', name))
    const { status, out } = await client()
    expect(status, out).toBe(0)
    expect(JSON.parse(out)).toEqual({
      value: 12.5,
      status: 'Good',
      source: expect.stringContaining('2025-11-24T16:00:00'),
      equipment: expect.arrayContaining(['primary', 'packing']),
      results: [[inspection.id, 'P-1', 'fail', 'LOT-1', 1]],
      written: expect.stringMatching(/^Bad/),
    })
    expect((await client('wrong')).status).not.toBe(0)
  })
})

const inspection: InspectionEvent = {
  id: 'AOI-1:abc:p-1.png',
  station: 'AOI-1',
  t: 1_764_000_000_000,
  sha256: 'a'.repeat(64),
  bytes: 10,
  mediaType: 'image/png',
  line: {
    image: 'p-1.png',
    panel: 'P-1',
    pattern: 'white',
    width: 100,
    height: 100,
    verdict: 'fail',
    score: 0.9,
    defects: [],
    reasons: [],
    ms: { decode: 1, locate: 1, infer: 1, rules: 1, total: 4 },
    model: 'm',
    recipe: 'r',
  },
}
