import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultConfig, loadConfig, parseConfig } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('plant server configuration', () => {
  it('the commented example loads and says the defaults', () => {
    const example = new URL('./example.yaml', import.meta.url)
    const parsed = parseConfig(readFileSync(example, 'utf8'), folder, 'example.yaml')
    expect(parsed).toMatchObject({ ok: true })
    if (parsed.ok) expect({ ...parsed.value, data: '' }).toEqual({ ...defaultConfig(), data: '' })
  })
  it('reads secrets from their files', () => {
    writeFileSync(join(folder, 'primary'), 'a-long-secret\nnot this\n')
    writeFileSync(join(folder, 'plant.yaml'), 'agents: [{id: primary, secretFile: primary}]\nhttp: {port: 0}\n')
    const loaded = loadConfig(join(folder, 'plant.yaml'))
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault))
    expect(loaded.value.agents.get('primary')).toBe('a-long-secret')
    expect(loaded.value.http).toEqual({ host: '127.0.0.1', port: 0 })
  })
  it('names every fault of the shape at once, with its place', () => {
    const parsed = parseConfig('http: {port: 99999}\ndemo: maybe\nbrokr: {}\n', folder, 'p.yaml')
    const places = parsed.ok ? [] : parsed.fault.map(fault => fault.place)
    expect(places).toContain('p.yaml#/http/port')
    expect(places).toContain('p.yaml#/demo')
    expect(places.length).toBeGreaterThanOrEqual(3)
  })
  it('names every fault of the content at once', () => {
    const text = 'agents: [{id: a, secretFile: gone}, {id: a, secretFile: gone}]\ntimeZone: Mars/Olympus\n'
    const parsed = parseConfig(text, folder, 'p.yaml')
    expect(parsed.ok ? [] : parsed.fault.map(fault => `${fault.code} ${fault.place}`)).toEqual([
      'MW-0102 p.yaml#/agents/0/secretFile',
      'MW-0101 p.yaml#/agents/1/id',
      'MW-0102 p.yaml#/agents/1/secretFile',
      'MW-0101 p.yaml#/timeZone',
    ])
  })
  it('broken YAML and a missing file are coded', () => {
    expect(parseConfig('data: *nobody', folder, 'p.yaml')).toMatchObject({ ok: false, fault: [{ code: 'MW-0104' }] })
    expect(parseConfig('a: [', folder, 'p.yaml')).toMatchObject({ ok: false, fault: [{ code: 'MW-0104' }] })
    expect(loadConfig(join(folder, 'none.yaml'))).toMatchObject({ ok: false, fault: [{ code: 'MW-0102' }] })
  })
})
