import type { Alarm, Parameter, Sentence, Signal, Specification, Timing } from '../../specification.ts'
import { scenarios } from './scenarios.ts'
import type { PumpSettings } from './settings.ts'

/** The specification of the settings, in both languages. `assumed` names the settings that the request left open. */
export function specify(
  settings: PumpSettings,
  requests: readonly string[],
  assumed: ReadonlySet<keyof PumpSettings>,
): Specification {
  const each = Array.from({ length: settings.pumps }, (_, i) => i + 1)
  return {
    id: 'pump-alternation',
    pattern: 'pump-alternation',
    title: {
      zh: `${settings.pumps} 台泵按液位交替运行（${settings.duty === 'drain' ? '排水' : '补水'}，带急停）`,
      en: `${settings.pumps} pumps alternating by level (${settings.duty === 'drain' ? 'draining' : 'filling'}, with emergency stop)`,
    },
    requests,
    settings,
    signals: signals(settings, each),
    parameters: parameters(settings),
    states: states(settings),
    interlocks: interlocks(settings),
    timings: timings(settings),
    alarms: alarms(settings),
    assumptions: assumptions(settings, assumed),
    scenarios: scenarios(settings),
  }
}

function signals(s: PumpSettings, each: readonly number[]): Signal[] {
  let bit = 0
  let out = 0
  const input = (name: string, zh: string, en: string): Signal => {
    const address = `%IX${bit >> 3}.${bit & 7}`
    bit += 1
    return { name, type: 'BOOL', direction: 'input', address, unit: '', comment: { zh, en } }
  }
  const output = (name: string, zh: string, en: string): Signal => {
    const address = `%QX${out >> 3}.${out & 7}`
    out += 1
    return { name, type: 'BOOL', direction: 'output', address, unit: '', comment: { zh, en } }
  }
  return [
    input(
      'EmergencyStopOk',
      '急停回路闭合（常闭触点，断线即停）',
      'emergency stop circuit closed (normally closed: a broken wire stops)',
    ),
    input('Reset', '急停复位按钮', 'reset button of the emergency stop'),
    ...(s.faultTakeover ? each.map(i => input(`Pump${i}Fault`, `${i} 号泵故障`, `pump ${i} has a fault`)) : []),
    {
      name: 'Level',
      type: 'REAL',
      direction: 'input',
      address: '%ID1',
      unit: s.unit,
      comment: { zh: '液位', en: 'level' },
    },
    ...each.map(i => output(`Pump${i}Run`, `${i} 号泵运行`, `pump ${i} runs`)),
    output('EmergencyStopped', '急停已锁定', 'emergency stop is latched'),
    ...(s.highAlarm === undefined ? [] : [output('HighLevelAlarm', '高液位报警', 'high level alarm')]),
    ...(s.lowAlarm === undefined ? [] : [output('LowLevelAlarm', '低液位报警', 'low level alarm')]),
    ...(s.faultTakeover ? [output('AllPumpsFaulted', '所有泵均故障', 'all pumps have a fault')] : []),
  ]
}

function parameters(s: PumpSettings): Parameter[] {
  const level = (name: string, value: number | undefined, zh: string, en: string): Parameter[] =>
    value === undefined ? [] : [{ name, type: 'REAL', value, unit: s.unit, comment: { zh, en } }]
  const time = (name: string, value: number | undefined, zh: string, en: string): Parameter[] =>
    value === undefined ? [] : [{ name, type: 'TIME', value, unit: 'ms', comment: { zh, en } }]
  return [
    { name: 'PUMPS', type: 'INT', value: s.pumps, unit: '', comment: { zh: '泵的台数', en: 'number of pumps' } },
    ...level('START_LEVEL', s.startLevel, '启动液位', 'start level'),
    ...level('STOP_LEVEL', s.stopLevel, '停止液位', 'stop level'),
    ...level('ASSIST_LEVEL', s.assistLevel, '全部投入液位', 'level from which all pumps run'),
    ...level('HIGH_ALARM_LEVEL', s.highAlarm, '高液位报警值', 'high alarm level'),
    ...level('LOW_ALARM_LEVEL', s.lowAlarm, '低液位报警值', 'low alarm level'),
    ...time('SWAP_TIME', s.swap === 'time' ? s.swapMs : undefined, '交替时间', 'swap time'),
    ...time('START_DELAY', s.startDelayMs, '启动延时', 'start delay'),
  ]
}

function states(s: PumpSettings): Sentence[] {
  return [
    { id: 'idle', text: { zh: '待机：无泵运行', en: 'idle: no pump runs' } },
    { id: 'running', text: { zh: '运行：当值泵运行', en: 'running: the pump on duty runs' } },
    ...(s.assistLevel === undefined
      ? []
      : [{ id: 'assist', text: { zh: '全投：所有泵运行', en: 'assist: all pumps run' } }]),
    { id: 'stopped', text: { zh: '急停：锁定，等待复位', en: 'emergency stop: latched, waiting for reset' } },
  ]
}

function interlocks(s: PumpSettings): Sentence[] {
  const list: Sentence[] = [
    {
      id: 'emergency-stop',
      text: { zh: '急停断开时所有泵立即停止', en: 'an open emergency stop circuit stops all pumps at once' },
    },
    {
      id: 'reset',
      text: {
        zh: '急停恢复后须按复位才能再启动',
        en: 'after an emergency stop nothing starts before reset is pressed with the circuit closed',
      },
    },
  ]
  if (s.assistLevel === undefined)
    list.push({ id: 'one-pump', text: { zh: '任何时刻最多一台泵运行', en: 'never more than one pump runs' } })
  if (s.faultTakeover)
    list.push({
      id: 'fault',
      text: { zh: '故障的泵不运行，由下一台接替', en: 'a faulted pump does not run and the next takes over' },
    })
  return list
}

function timings(s: PumpSettings): Timing[] {
  const list: Timing[] = []
  if (s.swap === 'time' && s.swapMs !== undefined) {
    list.push({
      id: 'swap',
      ms: s.swapMs,
      text: {
        zh: `每 ${span(s.swapMs).zh} 换下一台泵当值`,
        en: `every ${span(s.swapMs).en} the next pump takes the duty`,
      },
    })
  }
  if (s.startDelayMs !== undefined) {
    const { zh, en } = span(s.startDelayMs)
    list.push({
      id: 'start-delay',
      ms: s.startDelayMs,
      text: { zh: `启动条件保持 ${zh} 后才启动`, en: `the start condition must hold for ${en}` },
    })
  }
  return list
}

function alarms(s: PumpSettings): Alarm[] {
  const list: Alarm[] = [
    { id: 'emergency-stop', signal: 'EmergencyStopped', text: { zh: '急停已锁定', en: 'emergency stop is latched' } },
  ]
  if (s.highAlarm !== undefined)
    list.push({
      id: 'high-level',
      signal: 'HighLevelAlarm',
      text: {
        zh: `液位达到 ${s.highAlarm} ${s.unit} 报警`,
        en: `alarm at a level of ${s.highAlarm} ${s.unit} or more`,
      },
    })
  if (s.lowAlarm !== undefined)
    list.push({
      id: 'low-level',
      signal: 'LowLevelAlarm',
      text: { zh: `液位降到 ${s.lowAlarm} ${s.unit} 报警`, en: `alarm at a level of ${s.lowAlarm} ${s.unit} or less` },
    })
  if (s.faultTakeover)
    list.push({
      id: 'all-faulted',
      signal: 'AllPumpsFaulted',
      text: { zh: '所有泵均故障时报警', en: 'alarm when all pumps have a fault' },
    })
  return list
}

function assumptions(s: PumpSettings, assumed: ReadonlySet<keyof PumpSettings>): Sentence[] {
  const list: Sentence[] = []
  if (assumed.has('pumps'))
    list.push({
      id: 'pumps',
      text: { zh: `未说明台数，取 ${s.pumps} 台`, en: `the number of pumps was not given: ${s.pumps}` },
    })
  if (assumed.has('startLevel'))
    list.push({
      id: 'startLevel',
      text: {
        zh: `未说明启动液位，取 ${s.startLevel} ${s.unit}`,
        en: `the start level was not given: ${s.startLevel} ${s.unit}`,
      },
    })
  if (assumed.has('stopLevel'))
    list.push({
      id: 'stopLevel',
      text: {
        zh: `未说明停止液位，取 ${s.stopLevel} ${s.unit}`,
        en: `the stop level was not given: ${s.stopLevel} ${s.unit}`,
      },
    })
  if (assumed.has('swap'))
    list.push({
      id: 'swap',
      text: { zh: '未说明交替方式，每次启动换一台', en: 'when to swap was not given: at every start' },
    })
  if (assumed.has('duty'))
    list.push({
      id: 'duty',
      text:
        s.duty === 'drain'
          ? {
              zh: '按排水理解：高液位启动，低液位停止',
              en: 'read as draining: pumps start at the high level and stop at the low one',
            }
          : {
              zh: '按补水理解：低液位启动，高液位停止',
              en: 'read as filling: pumps start at the low level and stop at the high one',
            },
    })
  list.push({
    id: 'addresses',
    text: { zh: '地址为顺序分配，接线前请核对', en: 'addresses are given in order: check them against the wiring' },
  })
  return list
}

/** A duration for people. */
export function span(ms: number): { zh: string; en: string } {
  const units: [number, string, string][] = [
    [3_600_000, '小时', 'h'],
    [60_000, '分钟', 'min'],
    [1000, '秒', 's'],
    [1, '毫秒', 'ms'],
  ]
  const found = units.find(([size]) => ms >= size && ms % size === 0) ?? units[3]!
  return { zh: `${ms / found[0]} ${found[1]}`, en: `${ms / found[0]} ${found[2]}` }
}
