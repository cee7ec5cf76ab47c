import type { Scenario, ScenarioStep, Words } from '../../specification.ts'
import type { PumpSettings } from './settings.ts'

/**
 * What must happen, written from the settings alone: this file knows nothing of how the code is written. Every sentence
 * of the specification has its scenario.
 */
export function scenarios(s: PumpSettings): Scenario[] {
  const b = builder(s)
  return [
    b.startAndStop(),
    s.swap === 'eachStart' ? b.alternation() : b.swapByTime(),
    b.emergency(),
    ...(s.startDelayMs === undefined ? [] : [b.startDelay(s.startDelayMs)]),
    ...(s.faultTakeover ? [b.faults()] : []),
    ...(s.assistLevel === undefined ? [] : [b.assist(s.assistLevel)]),
    ...(s.highAlarm === undefined ? [] : [b.alarm('high-alarm', 'HighLevelAlarm', s.highAlarm, 1)]),
    ...(s.lowAlarm === undefined ? [] : [b.alarm('low-alarm', 'LowLevelAlarm', s.lowAlarm, -1)]),
  ]
}

const CYCLE = 100

function builder(s: PumpSettings) {
  const delay = s.startDelayMs ?? 0
  const sign = s.duty === 'drain' ? 1 : -1
  const middle = (s.startLevel + s.stopLevel) / 2
  // Just past the limits, but short of the alarms and of the level where all pumps help.
  const near = Math.abs(s.startLevel - s.stopLevel) / 20
  const nextAbove = [s.assistLevel, sign > 0 ? s.highAlarm : s.lowAlarm].filter(each => each !== undefined)
  const room = Math.min(near, ...nextAbove.map(each => Math.abs(each - s.startLevel) / 2))
  const starting = s.startLevel + sign * room
  const stopping =
    s.stopLevel -
    sign *
      Math.min(
        near,
        ...[sign > 0 ? s.lowAlarm : s.highAlarm]
          .filter(each => each !== undefined)
          .map(each => Math.abs(each - s.stopLevel) / 2),
      )
  const pumps = Array.from({ length: s.pumps }, (_, i) => `Pump${i + 1}Run`)
  const only = (i: number) => Object.fromEntries(pumps.map((name, k) => [name, k === i]))
  const none = only(-1)
  const all = Object.fromEntries(pumps.map(name => [name, true]))
  const ready = {
    EmergencyStopOk: true,
    Reset: false,
    ...Object.fromEntries(s.faultTakeover ? pumps.map((_, i) => [`Pump${i + 1}Fault`, false]) : []),
  }
  const exclusive = s.assistLevel === undefined ? { exclusive: pumps } : {}

  const step = (text: Words, set: ScenarioStep['set'], expect: ScenarioStep['expect'], forMs = 500): ScenarioStep => ({
    text,
    set,
    expect,
    forMs,
    cycleMs: forMs > 60_000 ? Math.ceil(forMs / 600) : CYCLE,
  })
  const first = (level = middle): ScenarioStep =>
    step({ zh: '上电，液位在两限之间', en: 'power on, level between the limits' }, { ...ready, Level: level }, none)
  const rise = (pump: number, also: ScenarioStep['expect'] = {}): ScenarioStep =>
    step(
      { zh: `液位到达启动值，${pump + 1} 号泵运行`, en: `level reaches the start level: pump ${pump + 1} runs` },
      { Level: starting },
      { ...only(pump), ...also },
      500 + delay,
    )
  const fall = (): ScenarioStep =>
    step({ zh: '液位到达停止值，全部停止', en: 'level reaches the stop level: all stop' }, { Level: stopping }, none)

  return {
    startAndStop: (): Scenario => ({
      id: 'start-stop',
      title: { zh: '按液位启停', en: 'starts and stops by level' },
      ...exclusive,
      steps: [
        first(),
        rise(0),
        step(
          { zh: '液位回到两限之间，继续运行', en: 'level between the limits again: it runs on' },
          { Level: middle },
          only(0),
        ),
        fall(),
        step(
          { zh: '液位回到两限之间，保持停止', en: 'level between the limits again: still stopped' },
          { Level: middle },
          none,
        ),
      ],
    }),
    alternation: (): Scenario => ({
      id: 'alternation',
      title: { zh: '每次启动换一台泵', en: 'another pump at every start' },
      ...exclusive,
      steps: [first(), ...[...pumps, pumps[0]].flatMap((_, i) => [rise(i % s.pumps), fall()])],
    }),
    swapByTime: (): Scenario => {
      const swap = s.swapMs ?? 0
      // Half a period in, the turns are far from their edges.
      const lead = Math.max(CYCLE * 10, Math.floor(swap / 2) - 500 - delay)
      return {
        id: 'swap-time',
        title: { zh: '按时间换泵', en: 'another pump after the swap time' },
        ...exclusive,
        steps: [
          first(),
          step(
            { zh: '液位到达启动值，1 号泵运行', en: 'level reaches the start level: pump 1 runs' },
            { Level: starting },
            only(0),
            lead + delay,
          ),
          ...pumps.map((_, i) =>
            step(
              {
                zh: `交替时间过后，${((i + 1) % s.pumps) + 1} 号泵运行`,
                en: `after the swap time pump ${((i + 1) % s.pumps) + 1} runs`,
              },
              {},
              only((i + 1) % s.pumps),
              swap,
            ),
          ),
        ],
      }
    },
    emergency: (): Scenario => ({
      id: 'emergency-stop',
      title: { zh: '急停与复位', en: 'emergency stop and reset' },
      steps: [
        first(),
        rise(0),
        step(
          { zh: '按下急停，全部停止并锁定', en: 'emergency stop pressed: all stop, latched' },
          { EmergencyStopOk: false },
          { ...none, EmergencyStopped: true },
          CYCLE,
        ),
        step(
          { zh: '急停未恢复时复位无效', en: 'reset does nothing while the circuit is open' },
          { Reset: true },
          { ...none, EmergencyStopped: true },
        ),
        step(
          { zh: '急停恢复，仍锁定', en: 'circuit closed again: still latched' },
          { EmergencyStopOk: true, Reset: false },
          { ...none, EmergencyStopped: true },
          500 + delay,
        ),
        step(
          { zh: '复位后解除锁定', en: 'reset releases the latch' },
          { Reset: true },
          { EmergencyStopped: false },
          500 + delay,
        ),
        step(
          { zh: '液位到达停止值，全部停止', en: 'level reaches the stop level: all stop' },
          { Reset: false, Level: stopping },
          { ...none, EmergencyStopped: false },
        ),
      ],
    }),
    startDelay: (ms: number): Scenario => ({
      id: 'start-delay',
      title: { zh: '启动延时', en: 'start delay' },
      steps: [
        first(),
        step(
          { zh: '启动条件不足延时，不启动', en: 'the start condition is shorter than the delay: no start' },
          { Level: starting },
          none,
          Math.max(CYCLE, Math.floor((ms * 0.8) / CYCLE) * CYCLE),
        ),
        step({ zh: '液位回落', en: 'the level falls back' }, { Level: middle }, none),
        step(
          { zh: '启动条件保持足够久，启动', en: 'the start condition holds long enough: start' },
          { Level: starting },
          only(0),
          ms + 500,
        ),
      ],
    }),
    faults: (): Scenario => ({
      id: 'faults',
      title: { zh: '故障泵由下一台接替', en: 'the next pump replaces a faulted one' },
      ...exclusive,
      steps: [
        first(),
        rise(0, { AllPumpsFaulted: false }),
        ...pumps.map((_, i) => {
          const last = i === s.pumps - 1
          return step(
            last
              ? { zh: '所有泵均故障，全部停止并报警', en: 'all pumps have a fault: all stop, alarm' }
              : { zh: `${i + 1} 号泵故障，${i + 2} 号泵接替`, en: `pump ${i + 1} fails: pump ${i + 2} takes over` },
            { [`Pump${i + 1}Fault`]: true },
            { ...(last ? none : only(i + 1)), AllPumpsFaulted: last },
          )
        }),
        step(
          { zh: '1 号泵恢复', en: 'pump 1 is well again' },
          { Pump1Fault: false },
          { ...only(0), AllPumpsFaulted: false },
        ),
      ],
    }),
    assist: (level: number): Scenario => ({
      id: 'assist',
      title: { zh: '液位继续变化时全部投入', en: 'all pumps help when the level goes on' },
      steps: [
        first(),
        rise(0),
        step(
          { zh: '到达全部投入液位，所有泵运行', en: 'at the assist level all pumps run' },
          { Level: level + sign * Math.abs(level - s.startLevel) * 0.1 },
          all,
        ),
        step({ zh: '回到两限之间，仍全部运行', en: 'between the limits again: all run on' }, { Level: middle }, all),
        fall(),
      ],
    }),
    alarm: (id: string, signal: string, level: number, direction: 1 | -1): Scenario => {
      const past = Math.max(Math.abs(s.startLevel - s.stopLevel) / 50, 0.001)
      return {
        id,
        title:
          direction > 0 ? { zh: '高液位报警', en: 'high level alarm' } : { zh: '低液位报警', en: 'low level alarm' },
        steps: [
          step(
            { zh: '上电，液位正常，无报警', en: 'power on, level normal: no alarm' },
            { ...ready, Level: middle },
            { [signal]: false },
          ),
          step(
            { zh: '液位越过报警值，报警', en: 'level passes the alarm level: alarm' },
            { Level: level + direction * past },
            { [signal]: true },
          ),
          step(
            { zh: '液位恢复，报警消失', en: 'level is back: the alarm goes' },
            { Level: middle },
            { [signal]: false },
          ),
        ],
      }
    },
  }
}
