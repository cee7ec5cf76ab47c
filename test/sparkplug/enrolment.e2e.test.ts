/** An agent is added, enrols itself, works, is revoked and cut off, and comes back with a new code: all by command lines. */
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentStatus, AuditRecord, LiveValue } from '@millwright/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { freePort } from './support/brokers.ts'
import { type Device, startDevice } from './support/device.ts'
import {
  newFolder,
  type Running,
  type RunningServer,
  removeFolder,
  startEdge,
  startServer,
} from './support/processes.ts'

describe('enrolment, from the first code to the last', () => {
  const folder = newFolder('enrolment')
  const data = join(folder, 'plant')
  let server: RunningServer
  let device: Device
  let edge: Running | undefined
  let config: object
  let secretFile = ''
  let code = ''

  const plant = (...args: string[]) => runCommand('mw-plant', [...args, '--data', data])
  const enrol = (with_: string) => runCommand('mw-edge', ['enrol', join(folder, 'edge.yaml'), '--code', with_])
  const until = <T>(what: string, ask: () => Promise<T> | T) => waitFor(what, 30_000, ask, 50)
  const agent = async () => ((await server.call('listAgents')) as AgentStatus[]).find(each => each.agent === 'line-1')
  const level = async () =>
    ((await server.call('values', { query: { tags: 'line-1/cell/level' } })) as LiveValue[])[0]?.value

  beforeAll(async () => {
    const port = await freePort()
    server = await startServer({ broker: { embedded: { port } } }, folder)
    device = await startDevice(await freePort())
    device.set(0, 1)
    config = {
      agent: 'line-1',
      group: 'millwright',
      data: join(folder, 'edge'),
      server: { mqtt: `mqtt://127.0.0.1:${port}`, http: server.url },
      sources: [{ id: 'cell', kind: 'modbus', host: '127.0.0.1', port: device.port, pollMs: 50 }],
      tags: [
        {
          name: 'cell/level',
          source: 'cell',
          address: 'holding:0:uint16',
          type: 'int',
          description: { zh: '液位', en: 'Level' },
          deadband: { abs: 0 },
          writable: { low: 0, high: 100 },
        },
      ],
    }
    writeFileSync(join(folder, 'edge.yaml'), JSON.stringify(config))
  }, 60_000)
  afterAll(async () => {
    await edge?.kill()
    await device?.stop()
    await server?.stop()
    removeFolder(folder)
  })

  it('add prints the code alone on stdout', async () => {
    const { status, out } = await plant('agents', 'add', 'line-1', '--reason', 'new line PC')
    expect(status).toBe(0)
    expect(out).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\n$/)
    code = out.trim()
    expect((await plant('agents', 'list')).out).toMatch(/^line-1\tpending\t.*code until /m)
  })
  it('a wrong code is refused with a code of ours, and leaves no file', async () => {
    const { status, out, err } = await enrol('AAAA-BBBB-CCCC')
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain('MW-1018')
    expect(err).toContain('MW-2061')
  })
  it('the agent exchanges it for a secret that only its user may read; a second time it is void', async () => {
    const { status, out } = await enrol(code)
    expect(status).toBe(0)
    const said = JSON.parse(out) as { enrolled: string; secretFile: string; group: string }
    expect(said).toMatchObject({ enrolled: 'line-1', group: 'millwright' })
    secretFile = said.secretFile
    expect(out).not.toContain('"secret":')
    expect(statSync(secretFile).mode & 0o777).toBe(0o600)
    expect((await enrol(code)).status).toBe(1)
    expect((await plant('agents', 'list', '--json')).out).toContain('"enrolment":"enrolled"')
  })
  it('then it connects by itself, and commands reach it', async () => {
    edge = await startEdge(config, folder)
    await until('its value', async () => (await level()) === 1)
    expect(await agent()).toMatchObject({ online: true, enrolment: 'enrolled', numbers: true })
    const result = await server.call('writeTag', { body: { tag: 'line-1/cell/level', value: 5, reason: 'try' } })
    expect(result).toMatchObject({ id: expect.any(String) })
  })
  it('revoked it is cut off at once, named as such, and gets no command', async () => {
    const { status, out } = await plant('agents', 'revoke', 'line-1', '--reason', 'PC was stolen')
    expect([status, out]).toEqual([0, 'line-1\trevoked\n'])
    expect(await agent()).toMatchObject({ online: false, enrolment: 'revoked' })
    await until('the agent to be refused', () => /Not authorized|not authorised/i.test(edge?.said() ?? ''))
    device.set(0, 9)
    await expect(
      server.call('writeTag', { body: { tag: 'line-1/cell/level', value: 6, reason: 'try' } }),
    ).rejects.toThrow('MW-2060')
    expect(await level()).not.toBe(9)
  })
  it('with a new code it is back, and what it saw meanwhile with it', async () => {
    const { out } = await plant('agents', 'add', 'line-1')
    expect((await enrol(out.trim())).status).toBe(0)
    await until('its value', async () => (await level()) === 9)
    expect(await agent()).toMatchObject({ online: true, enrolment: 'enrolled' })
  })
  it('who added, enrolled and revoked stands in the audit, without code or secret', async () => {
    const records = (await server.call('listAudit', { query: { limit: 50 } })) as AuditRecord[]
    const actions = records.filter(each => each.subject === 'line-1').map(each => each.action)
    expect(actions).toEqual(
      expect.arrayContaining(['agent.add', 'agent.enrol', 'agent.revoke', 'agent.add', 'agent.enrol']),
    )
    expect(JSON.stringify(records)).not.toContain(code)
  })
  it('guessing codes is slowed down', async () => {
    const guess = () =>
      fetch(`${server.url.replace(/\/$/, '')}/api/agents/enrol`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ agent: 'line-1', code: 'AAAA-BBBB-CCCC' }),
      }).then(reply => reply.status)
    const statuses: number[] = []
    for (let tries = 0; tries < 60; tries += 1) statuses.push(await guess())
    expect(statuses[0]).toBe(409)
    expect(statuses.at(-1)).toBe(429)
  })
})
