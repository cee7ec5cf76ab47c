import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { expect } from 'vitest'
import { signIn } from './support/browser.ts'
import type { Here } from './support/here.ts'
import { runCommand } from './support/plant.ts'

/** Config, image, MQTT payload, HTTP body, order file, ST text, question: a coded error with place and remedy; all else goes on. */
export async function badInputAtTheBorders({ plant, browser }: Here): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mw-bad-'))
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  try {
    const config = await runCommand('mw-edge', [
      'check',
      file('agent.yaml', 'agent: A B\ngroup: g\nsources: []\n'),
      '--json',
    ])
    expect(config.status).toBe(1)
    expect(config.out + config.err).toMatch(/MW-\d{4}/)
    const image = await runCommand('mw-edge', [
      'inspect',
      file('P1_surface.png', 'no image'),
      join(folder, 'missing.png'),
    ])
    expect(image.status).toBe(1)
    const lines = image.out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { verdict: string; error: { code: string } })
    expect(lines.map(line => [line.verdict, line.error.code.slice(0, 3)])).toEqual([
      ['review', 'MW-'],
      ['review', 'MW-'],
    ])
    const st = await runCommand('mw-plc', [
      'check',
      file('bad.st', 'PROGRAM p\nVAR x : INT END_VAR\nx := ;\nEND_PROGRAM\n'),
      '--json',
    ])
    expect(st.status).toBe(1)
    expect(JSON.parse(st.out.trim().split('\n')[0]!)).toMatchObject({
      line: expect.any(Number),
      code: expect.any(String),
      remedy: expect.any(String),
    })
    const orders = await runCommand('mw-plant', [
      'schedule',
      file('orders.json', '{"format":"millwright-plant/1"}'),
      '--format',
      'plant',
      '--seconds',
      '1',
      '--json',
    ])
    expect(orders.status).toBe(1)
    expect(orders.err).toMatch(/MW-\d{4}/)

    const { api, context } = await signIn(browser, plant.url, 'planner', 'en')
    const body = await api<{ code: string; place?: string; message: { zh: string; en: string } }>(
      'POST',
      '/api/plans/what-if',
      { change: { kind: 'machine_down' } },
    )
    expect(body.status).toBe(400)
    expect(body.body.code).toMatch(/^MW-/)
    expect(body.body.message.zh.length * body.body.message.en.length).toBeGreaterThan(0)
    const imported = await api<{ code: string }>('POST', '/api/orders/import', { text: '{', reason: 'x' })
    expect(imported).toMatchObject({ status: 400, body: { code: 'MW-3001' } })
    const question = await api<{ refused?: string }>('POST', '/api/assistant/ask', {
      question: '\u0000\u202e {{}} DROP TABLE orders; --',
    })
    expect(question.status).toBe(200)
    expect(question.body.refused).toBe('MW-5001')
    await context.close()

    // Rubbish under an agent's own credentials is counted, and values keep coming.
    const password = readFileSync(join(plant.data, 'secrets', 'agent-packing.secret'), 'utf8').trim()
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${plant.ports.mqtt}`, {
      username: 'packing',
      password,
      clientId: `bad-${process.pid}`,
    })
    await client.publishAsync('spBv1.0/millwright/DDATA/packing/cell', Buffer.from([1, 2, 3, 255]), { qos: 1 })
    await client.publishAsync('millwright/millwright/event/packing', 'not json', { qos: 1 })
    await client.endAsync()
    const from = new Date(Date.now() - 20_000).toISOString()
    const history = await plant.command(
      'mw-plant',
      'history',
      'primary/dryer/outlet_moisture',
      '--from',
      from,
      '--to',
      new Date().toISOString(),
      '--json',
    )
    expect((JSON.parse(history.out) as { points: unknown[] }).points.length).toBeGreaterThan(3)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
