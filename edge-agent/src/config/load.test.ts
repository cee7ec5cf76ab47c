import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe as describeProblem, type Problem } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { loadConfig, parseConfig } from './load.ts'

const CONFIG = join(import.meta.dirname, '..', '..', 'config')
const environment = {
  MW_AGENT_DATA: '/data',
  MW_SERVER_MQTT: 'mqtt://127.0.0.1:1883',
  MW_SERVER_HTTP: 'http://127.0.0.1:8080',
  MW_AGENT_SECRET_FILE: './secret',
  MW_OPCUA_ENDPOINT: 'opc.tcp://127.0.0.1:4840',
  MW_MODBUS_PORT: '1502',
  MW_CAPTURES: '/captures',
}

const holder = (name: string) => `$\{${name}}`

const GOOD = `agent: a
group: g
data: d
server: { mqtt: mqtt://h:1883, http: http://h }
sources:
  - { id: plc, kind: opcua, endpoint: opc.tcp://h:4840 }
  - { id: cell, kind: modbus, host: h }
tags:
  - { name: x/y, source: plc, address: "ns=1;s=A", type: float, description: { zh: 甲, en: A } }
`
/** Some hundred bytes that would unfold to thousands of millions of nodes. */
const BOMB = Array.from({ length: 10 }, (_, level) => {
  const inner = level === 0 ? 'x' : `*b${level - 1}`
  return `b${level}: &b${level} [${Array(9).fill(inner).join(', ')}]\n`
}).join('')
const faults = (text: string): Problem[] => {
  const result = parseConfig(text, '/f/a.yaml', {})
  return result.ok ? [] : result.fault
}
const said = (text: string) => faults(text).map(problem => `${problem.code} ${describeProblem(problem).en}`)

describe('shipped files', () => {
  it.each(readdirSync(CONFIG).filter(name => name.endsWith('.yaml')))('%s has no fault', name => {
    const result = loadConfig(join(CONFIG, name), environment)
    expect(result.ok ? [] : result.fault.map(problem => describeProblem(problem).en)).toEqual([])
  })
  it('example.yaml shows every key of every schema', async () => {
    const text = readFileSync(join(CONFIG, 'example.yaml'), 'utf8')
    const schema = await import('./schema.ts')
    const { OpcuaAlarm, OpcuaConfig } = await import('./sources/opcua.ts')
    const { ModbusConfig } = await import('./sources/modbus.ts')
    const { CameraConfig } = await import('./sources/camera.ts')
    const keys = [
      schema.AgentConfig,
      schema.ServerConfig,
      OpcuaConfig,
      OpcuaAlarm,
      ModbusConfig,
      CameraConfig,
      schema.TagConfig,
      schema.OutboxConfig,
    ].flatMap(one => Object.keys(one.properties))
    expect(keys.filter(key => !new RegExp(`\\b${key}:`).test(text))).toEqual([])
  })
})

describe('a good file', () => {
  it('gets its defaults, and paths relative to the file', () => {
    const result = parseConfig(GOOD, '/f/a.yaml', {})
    if (!result.ok) throw new Error(JSON.stringify(result.fault))
    expect(result.value.data).toBe('/f/d')
    expect(result.value.server.hostId).toBe('millwright')
    expect(result.value.sources[1]).toMatchObject({ port: 502, unit: 1, pollMs: 1000 })
    expect(result.value.tags?.[0]?.unit).toBe('')
    expect(result.value.outbox?.commitMs).toBe(150)
  })
  it('a plain placeholder becomes a number, a quoted one stays text', () => {
    const port = parseConfig(GOOD.replace('host: h', `host: "${holder('P')}", port: "${holder('P')}"`), '/f/a.yaml', {
      P: '15',
    })
    expect(port.ok).toBe(false)
    const block = GOOD.replace(
      '  - { id: cell, kind: modbus, host: h }',
      `  - id: cell\n    kind: modbus\n    host: h\n    port: ${holder('P')}`,
    )
    const result = parseConfig(block, '/f/a.yaml', { P: '15' })
    expect(result.ok && result.value.sources[1]).toMatchObject({ port: 15 })
  })
})

describe('a bad file', () => {
  const cases: [string, string, RegExp[]][] = [
    [
      'a kind of source that every object has',
      GOOD.replace('kind: modbus', 'kind: constructor'),
      [/^MW-1108 .*a\.yaml:7.*no kind of source "constructor"/],
    ],
    ['an alias of nothing', `${GOOD}x: *nobody\n`, [/^MW-0104 .*a\.yaml:10/]],
    ['aliases of aliases without end', `${BOMB}${GOOD}`, [/^MW-0104 .*a\.yaml.*[Aa]lias/]],
    ['is not YAML', 'agent: [', [/^MW-0104 .*a\.yaml:\d+: is not valid YAML/]],
    ['is empty', '', [/^MW-0101/]],
    [
      'names no source',
      GOOD.replace(/sources:[\s\S]*tags:/, 'sources: []\ntags:'),
      [/^MW-1108 .*a\.yaml:5.*not a list of sources/],
    ],
    [
      'misses keys',
      GOOD.replace('group: g\n', ''),
      [/^MW-1107 .*a\.yaml:1: key "group" is missing\. Add it, like group: plant/],
    ],
    [
      'has a typing error in a key',
      GOOD.replace('type: float', 'tpye: float'),
      [
        /^MW-1107 .*a\.yaml:9 \(tags\[0\]\): key "type" is missing/,
        /^MW-1105 .*a\.yaml:9 .*unknown key "tpye"\. Write one of: name, source/,
      ],
    ],
    [
      'has an unknown kind of source',
      GOOD.replace('kind: modbus', 'kind: s7'),
      [/^MW-1108 .*a\.yaml:7 .*"s7".*opcua, modbus, camera/],
    ],
    [
      'has a wrong type',
      GOOD.replace('type: float', 'type: real'),
      [/^MW-1108 .*a\.yaml:9 .*one of: float, int, boolean, string/],
    ],
    [
      'has a wrong number',
      GOOD.replace('host: h', 'host: h, unit: 300'),
      [/^MW-0101 .*a\.yaml:7 \(sources\[1\]\.unit\)/],
    ],
    [
      'names a source that is not there',
      GOOD.replace('source: plc', 'source: plk'),
      [/^MW-1102 .*a\.yaml:9 .*"plk"\. Write one of: plc, cell/],
    ],
    ['names a node wrongly', GOOD.replace('ns=1;s=A', 'Dryer.A'), [/^MW-1103 .*"Dryer\.A".*Write it like nsu=/]],
    [
      'names a register wrongly',
      GOOD.replace('source: plc, address: "ns=1;s=A"', 'source: cell, address: "holding:1:float16"'),
      [/^MW-1103 .*the type is one of uint16/],
    ],
    [
      'writes where nothing can be written',
      GOOD.replace(
        'source: plc, address: "ns=1;s=A"',
        'source: cell, writable: { low: 0, high: 1 }, address: "input:1"',
      ),
      [/^MW-1103 .*cannot be written/],
    ],
    [
      'defines a tag twice',
      GOOD + GOOD.slice(GOOD.indexOf('  - { name: x/y')),
      [/^MW-1104 .*a\.yaml:10 .*"x\/y" is defined twice/],
    ],
    [
      'has limits out of order',
      GOOD.replace('type: float', 'type: float, limits: { lo: 3, hi: 2 }'),
      [/^MW-1106 .*3 > 2/],
    ],
    [
      'asks for half a security',
      GOOD.replace('4840 }', '4840, security: { policy: Basic256Sha256, mode: None } }'),
      [/^MW-1108 .*None together/],
    ],
    ['uses the name kept for the agent', GOOD.replace('name: x/y', 'name: agent/y'), [/^MW-1108 .*"agent" is kept/]],
    [
      'uses a variable that is not set',
      GOOD.replace('data: d', `data: ${holder('NO_SUCH')}`),
      [/^MW-1101 .*a\.yaml:3: environment variable NO_SUCH/],
    ],
  ]
  it.each(cases)('%s: named with place and remedy', (_name, text, patterns) => {
    const lines = said(text)
    expect(lines).toHaveLength(patterns.length)
    for (const pattern of patterns) expect(lines.join('\n')).toMatch(new RegExp(pattern, 'm'))
  })
  it('all faults are named at once', () => {
    const text = GOOD.replace('group: g', 'group: 7').replace('host: h', 'hots: h').replace('type: float', 'type: real')
    expect(
      faults(text)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['MW-0101', 'MW-1105', 'MW-1107', 'MW-1108'])
  })
  it('a file that is not there is named', () => {
    const result = loadConfig('/no/such/file.yaml', {})
    expect(result.ok ? [] : result.fault.map(({ code }) => code)).toEqual(['MW-0102'])
  })
})
