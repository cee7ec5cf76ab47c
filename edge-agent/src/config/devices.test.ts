/** Faults of Modbus lines, cameras and stations: each named at its place with what to write instead. */
import { describe as words } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { parseConfig } from './load.ts'

const TAGS = [
  ['trigger', 'coil:0', 'boolean'],
  ['busy', 'coil:1', 'boolean'],
  ['valid', 'coil:2', 'boolean'],
  ['ack', 'coil:3', 'boolean'],
  ['part', 'holding:0:uint32', 'int'],
  ['panel', 'holding:2:string:16', 'string'],
  ['verdict', 'holding:20', 'int'],
  ['fixed', 'input:5', 'int'],
]
const GOOD = `agent: a
group: g
data: d
server: { mqtt: "mqtt://h:1883", http: "http://h" }
sources:
  - { id: plc, kind: modbus, host: h }
  - { id: oven, kind: modbus, serial: { path: /dev/ttyS1, baudRate: 19200 }, unit: 3 }
  - { id: kiln, kind: modbus, serial: { path: /dev/ttyS1, baudRate: 19200 }, unit: 4 }
  - { id: aoi, kind: camera, station: S, folder: ./c }
  - { id: sent, kind: camera, station: S2, push: { port: 8090, tokenFile: ./t } }
tags:
${TAGS.map(([name, address, type]) => `  - { name: p/${name}, source: plc, address: "${address}", type: ${type}, description: { zh: z, en: e } }`).join('\n')}
stations:
  - camera: aoi
    trigger: p/trigger
    panel: p/panel
    sequence: p/part
    handshake: { busy: p/busy, valid: p/valid, ack: p/ack }
    result: { verdict: p/verdict }
`

function said(text: string): string[] {
  const parsed = parseConfig(text, '/f/a.yaml', {})
  return parsed.ok ? [] : parsed.fault.map(problem => `${problem.code} ${words(problem).en}`)
}

it('a good file has no fault, and its paths are relative to it', () => {
  expect(said(GOOD)).toEqual([])
  const parsed = parseConfig(GOOD, '/f/a.yaml', {})
  const sent = parsed.ok ? parsed.value.sources.find(({ id }) => id === 'sent') : undefined
  expect(sent).toMatchObject({ push: { tokenFile: '/f/t' }, queueMb: 2048 })
})

describe('is named', () => {
  it.each<[string, [string, string], RegExp]>([
    ['neither host nor serial', ['modbus, host: h', 'modbus'], /^MW-1107 .*a\.yaml:6 .*"host" is missing.*serial/],
    [
      'host and serial',
      ['modbus, host: h', 'modbus, host: h, serial: { path: /dev/x }'],
      /^MW-1108 .*a\.yaml:6 \(sources\[0\]\.serial\).*by host or by serial/,
    ],
    ['TCP on a serial port', ['unit: 3', 'unit: 3, framing: tcp'], /^MW-1108 .*a\.yaml:7 .*a serial port carries RTU/],
    [
      'one port with two settings',
      ['baudRate: 19200 }, unit: 4', 'baudRate: 9600 }, unit: 4'],
      /^MW-1108 .*a\.yaml:7 .*"kiln" names the same port/,
    ],
    ['a camera without pictures', ['folder: ./c', 'pollMs: 9'], /^MW-1107 .*a\.yaml:9 .*"folder" is missing.*push/],
    [
      'a camera with two ways',
      ['folder: ./c', 'folder: ./c, pipeline: { elements: videotestsrc }'],
      /^MW-1108 .*a\.yaml:9 .*one of folder, push and pipeline/,
    ],
    [
      'a camera that is not there',
      ['camera: aoi', 'camera: aio'],
      /^MW-1108 .*stations\[0\]\.camera.*"aio".*aoi, sent/,
    ],
    ['a tag that is not there', ['trigger: p/trigger', 'trigger: p/t'], /^MW-1108 .*\.trigger\).*no tag "p\/t"/],
    ['a trigger that is a number', ['trigger: p/trigger', 'trigger: p/part'], /^MW-1108 .*\.trigger\).*type boolean/],
    ['a verdict that is text', ['verdict: p/verdict', 'verdict: p/panel'], /^MW-1108 .*result\.verdict\).*type int/],
    [
      'a result that cannot be written',
      ['verdict: p/verdict', 'verdict: p/fixed'],
      /^MW-1108 .*result\.verdict\).*coil or a holding/,
    ],
    ['one tag for two signals', ['ack: p/ack', 'ack: p/busy'], /^MW-1108 .*"p\/busy" is named twice/],
    [
      'times that cannot be kept',
      ['result:', 'captureMs: 4000\n    result:'],
      /^MW-1108 .*shorter than delayMs and captureMs.*5000/,
    ],
    [
      'a match without a name',
      ['panel: p/panel', 'matchPanel: true'],
      /^MW-1108 .*matchPanel\).*needs to know the panel/,
    ],
    [
      'a typing error',
      ['sequence: p/part', 'sequenze: p/part'],
      /^MW-1105 .*stations\[0\]\.sequenze.*Write one of: camera/,
    ],
  ])('%s', (_name, [what, by], pattern) => {
    expect(GOOD).toContain(what)
    expect(said(GOOD.replace(what, by)).join('\n')).toMatch(new RegExp(pattern, 'm'))
  })
})
