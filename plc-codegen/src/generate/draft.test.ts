import { describe, expect, test } from 'vitest'
import { draft, evidenceText } from './draft.ts'
import { writePumpAlternation } from './patterns/pump-alternation/write.ts'
import { understandRequest } from './request/understand.ts'
import type { Specification } from './specification.ts'

function specificationOf(text: string, previous?: Specification): Specification {
  const { specification, problems } = understandRequest(text, previous)
  if (specification === undefined) throw new Error(JSON.stringify(problems))
  return specification
}

const base = {
  pumps: 2,
  duty: 'drain',
  unit: '%',
  startLevel: 80,
  stopLevel: 30,
  swap: 'eachStart',
  faultTakeover: false,
}

const requests: readonly (readonly [string, Record<string, unknown>])[] = [
  ['两台泵按液位交替运行，带急停', base],
  ['两台泵按液位交替，80%启动、30%停止，带急停', base],
  [
    '集水井三台潜水泵轮流工作，水位高于2.5米启泵，低于0.8米停泵，每6小时切换一次，急停按钮',
    { ...base, pumps: 3, unit: 'm', startLevel: 2.5, stopLevel: 0.8, swap: 'time', swapMs: 21_600_000 },
  ],
  [
    '水箱补水：2台水泵轮换，液位低于20%启动，高于90%停止，启动延时3秒，低液位报警10%，急停',
    { ...base, duty: 'fill', startLevel: 20, stopLevel: 90, startDelayMs: 3000, lowAlarm: 10 },
  ],
  [
    '污水池设两台泵，一用一备，每天交替，液位到达百分之七十启动，百分之二十停止，超过百分之八十五两台同时运行，带急停，故障自动切换',
    { ...base, startLevel: 70, stopLevel: 20, assistLevel: 85, swap: 'time', swapMs: 86_400_000, faultTakeover: true },
  ],
  ['Two pumps that alternate by level with an emergency stop', base],
  [
    'two pumps alternating by level, start at 75 %, stop at 25 %, both run above 90 %, alarm at 95 %, emergency stop; if one pump fails the other takes over',
    { ...base, startLevel: 75, stopLevel: 25, assistLevel: 90, highAlarm: 95, faultTakeover: true },
  ],
  [
    'Sump with three pumps, rotate every 8 hours, start when the level exceeds 2.5 m and stop below 0.8 m, start delay 5 s, e-stop',
    {
      ...base,
      pumps: 3,
      unit: 'm',
      startLevel: 2.5,
      stopLevel: 0.8,
      swap: 'time',
      swapMs: 28_800_000,
      startDelayMs: 5000,
    },
  ],
  ['Keep the tank between 30% and 80% with two alternating pumps and an emergency stop', base],
  [
    'Fill a tank with 2 pumps that take turns: switch on below 40 %, switch off at 95 percent, emergency stop',
    { ...base, duty: 'fill', startLevel: 40, stopLevel: 95 },
  ],
]

describe('requests in words', () => {
  test.each(requests)('%s', (text, settings) => {
    const specification = specificationOf(text)
    expect(specification.settings).toEqual(settings)
    const found = draft(specification)
    expect(found.failures).toEqual([])
    expect(found.diagnostics).toEqual([])
    expect(found.evidence).toEqual({
      parse: 'passed',
      check: 'passed',
      scenarios: 'passed',
      statements: 1,
      branches: 1,
    })
    expect(found.green).toBe(true)
  })

  test.each([
    ['make the swap time 4 hours', { swap: 'time', swapMs: 14_400_000 }],
    ['交替时间改为 90 分钟', { swap: 'time', swapMs: 5_400_000 }],
    ['启动液位改为 85%', { startLevel: 85 }],
    ['set the stop level to 20 %', { stopLevel: 20 }],
    ['add a high level alarm at 95 %', { highAlarm: 95 }],
    ['增加低液位报警，10%', { lowAlarm: 10 }],
    ['如果泵故障，由另一台接替', { faultTakeover: true }],
    ['three pumps instead', { pumps: 3 }],
    ['改为三台泵', { pumps: 3 }],
    ['both pumps together above 90 %', { assistLevel: 90 }],
    ['add a start delay of 5 seconds', { startDelayMs: 5000 }],
  ])('a change: %s', (text, change) => {
    const changed = specificationOf(text, specificationOf('两台泵按液位交替，80%启动、30%停止，带急停'))
    expect(changed.settings).toEqual({ ...base, ...change })
    expect(changed.requests).toHaveLength(2)
    expect(draft(changed).green).toBe(true)
  })

  test('a change takes things away again', () => {
    const with95 = specificationOf('add an alarm at 95 %', specificationOf('两台泵按液位交替，急停'))
    expect(specificationOf('去掉高液位报警', with95).settings).toEqual(base)
    expect(specificationOf('swap on every start', specificationOf('每4小时切换', with95)).settings).toEqual({
      ...base,
      highAlarm: 95,
    })
  })

  test.each([
    ['hello', 'ST801'],
    ['a conveyor with two motors', 'ST801'],
    ['两台泵', 'ST801'],
    ['两台泵按液位交替排水，30%启动、80%停止', 'ST803'],
    ['two pumps alternating by level, start at 80 %, stop at 30 %, alarm at 120 %', 'ST803'],
    ['two pumps alternating by level, swap every 2 seconds', 'ST803'],
  ])('what cannot be done is refused with a code and words: %s', (text, code) => {
    const { specification, problems } = understandRequest(text)
    expect(specification).toBeUndefined()
    expect(problems.map(each => each.code)).toContain(code)
    for (const { text: words } of problems) expect(words.zh.length * words.en.length).toBeGreaterThan(0)
  })

  test('a change that says nothing known is refused', () => {
    expect(
      understandRequest('make it nicer', specificationOf('两台泵按液位交替，急停')).problems.map(each => each.code),
    ).toEqual(['ST804'])
  })

  test('clauses that were not used are named', () => {
    expect(understandRequest('两台泵按液位交替，带急停，给班长发短信').problems).toMatchObject([
      { code: 'ST805', text: { zh: expect.stringContaining('给班长发短信') } },
    ])
  })

  test.each([
    ['two pumps alternating by level, start at 80 %, stop at 30 %, watch out at 50 %', '50 %'],
    ['两台泵按液位交替，2.5米启动，0.8米停止，95%报警', '95%'],
  ])('a number without a use is named, not dropped: %s', (text, words) => {
    expect(understandRequest(text).problems).toMatchObject([
      { code: 'ST805', text: { en: expect.stringContaining(words) } },
    ])
  })

  test('lengths of other units are converted', () => {
    expect(specificationOf('两台泵按液位交替，2.5米启动，80厘米停止').settings).toMatchObject({
      unit: 'm',
      startLevel: 2.5,
      stopLevel: 0.8,
    })
  })

  test('what was not said stands as an assumption', () => {
    expect(specificationOf('two pumps alternate by level').assumptions.map(each => each.id)).toEqual([
      'startLevel',
      'stopLevel',
      'swap',
      'duty',
      'addresses',
    ])
    expect(
      specificationOf('两台泵按液位交替排水，80%启动、30%停止，每4小时切换').assumptions.map(each => each.id),
    ).toEqual(['addresses'])
  })
})

describe('wordings of the field', () => {
  test.each([
    [
      '集水坑 2 台排污泵，交替运行，高液位 1.8 m 起泵，低液位 0.5 m 停泵，超高液位 2.2 m 报警，急停',
      { ...base, unit: 'm', startLevel: 1.8, stopLevel: 0.5, highAlarm: 2.2 },
    ],
    ['做一个双泵交替控制，液位≥85%开泵，≤25%停泵，急停后需复位', { ...base, startLevel: 85, stopLevel: 25 }],
    [
      '用两台泵给高位水箱供水，水位低于40%时启动，达到90%停止，两泵交替，急停',
      { ...base, duty: 'fill', startLevel: 40, stopLevel: 90 },
    ],
    ['两台泵轮换工作：液位到80%启动1台，到95%两台一起运行，降到30%全部停止，急停', { ...base, assistLevel: 95 }],
    [
      'two pumps alternate on level: when the level rises above 85 percent one pump starts, when it drops below 20 percent it stops; add an emergency stop',
      { ...base, startLevel: 85, stopLevel: 20 },
    ],
    [
      'duty/standby pumps by level, swap after 12 hours, emergency stop, both pumps if level goes over 90%',
      { ...base, swap: 'time', swapMs: 43_200_000, assistLevel: 90 },
    ],
    [
      'I need two pumps for a water tank. They should alternate every time they start. Start at 70% and stop at 20%. Emergency stop must shut down everything.',
      { ...base, startLevel: 70, stopLevel: 20 },
    ],
    [
      'Write code for a lift station: three pumps rotate duty, pump on at 3.2 m, pump off at 1.1 m, high level alarm at 3.8 m, emergency stop',
      { ...base, pumps: 3, unit: 'm', startLevel: 3.2, stopLevel: 1.1, highAlarm: 3.8 },
    ],
    [
      'Two transfer pumps shall alternate weekly, starting at 75% and stopping at 35%, e-stop, pump failure switches to the other pump',
      { ...base, startLevel: 75, stopLevel: 35, swap: 'time', swapMs: 604_800_000, faultTakeover: true },
    ],
  ])('%s', (text, settings) => {
    const specification = specificationOf(text)
    expect(specification.settings).toEqual(settings)
    expect(draft(specification).failures).toEqual([])
  })

  test('one clause takes away, another sets', () => {
    const timed = specificationOf('每4小时切换，95%报警', specificationOf('两台泵按液位交替，急停'))
    expect(timed.settings).toEqual({ ...base, swap: 'time', swapMs: 14_400_000, highAlarm: 95 })
    expect(specificationOf('取消报警，改为每次启动切换', timed).settings).toEqual(base)
    expect(
      specificationOf('without fault takeover', specificationOf('a failed pump is replaced', timed)).settings,
    ).toEqual(timed.settings)
  })
})

describe('gate', () => {
  const everything = specificationOf(
    'two pumps alternating by level, start at 75 %, stop at 25 %, both run above 90 %, alarm at 95 %, low level alarm at 10 %, start delay 2 s, swap every 2 hours, if a pump fails the other takes over',
  )
  const green = writePumpAlternation(everything)

  test.each([
    ['the emergency stop is ignored', 'IF NOT EmergencyStopOk THEN', 'IF NOT EmergencyStopOk AND Reset THEN'],
    ['the stop is not latched', 'ELSIF ResetEdge.Q THEN', 'ELSIF EmergencyStopOk THEN'],
    ['start at the wrong side', 'Level >= START_LEVEL', 'Level < START_LEVEL'],
    ['stop limit dropped', 'ELSIF Level <= STOP_LEVEL THEN', 'ELSIF Level <= STOP_LEVEL - 100.0 THEN'],
    ['no turn', 'Duty := Duty MOD PUMPS + 1;', 'Duty := Duty;'],
    ['a faulted pump runs', 'NOT Fault[1] AND ', ''],
    ['assist too early', 'Level >= ASSIST_LEVEL', 'Level >= STOP_LEVEL'],
    [
      'alarm off by a half',
      'HighLevelAlarm := Level >= HIGH_ALARM_LEVEL',
      'HighLevelAlarm := Level >= HIGH_ALARM_LEVEL + 50.0',
    ],
    ['low alarm turned', 'LowLevelAlarm := Level <=', 'LowLevelAlarm := Level >='],
    ['delay halved', 'START_DELAY : TIME := T#2s', 'START_DELAY : TIME := T#1s'],
    ['swap time wrong', 'SWAP_TIME : TIME := T#2h', 'SWAP_TIME : TIME := T#3h'],
    ['outputs crossed', 'Pump1Run := Control.Pump1Run;', 'Pump1Run := Control.Pump2Run;'],
    ['dead code', 'Active := Duty;', 'Active := Duty; IF Duty = 99 THEN Active := 1; END_IF;'],
    ['a type fault', 'Duty : INT := 1;', 'Duty : BOOL;'],
    ['a syntax fault', 'Demand := TRUE;', 'Demand := TRUE'],
    ['an unknown name', 'Active := Duty;', 'Active := Dutty;'],
    ['no end', 'IF Fault[Active] THEN', 'WHILE TRUE DO Active := 1; END_WHILE; IF Fault[Active] THEN'],
  ])(
    'a planted fault turns it red: %s',
    (_, from, to) => {
      expect(green).toContain(from)
      const found = draft(everything, { writer: () => green.replace(from, to) })
      expect(found.green).toBe(false)
      expect(found.failures.length).toBeGreaterThan(0)
    },
    60_000,
  )

  test('the same text without a fault is green, and writing twice gives the same text and evidence', () => {
    const first = draft(everything)
    expect(first.failures).toEqual([])
    expect(first.green).toBe(true)
    expect(evidenceText(draft(everything))).toBe(evidenceText(first))
    expect(JSON.parse(evidenceText(first))).toMatchObject({ green: true, st: green })
  })

  test('the chart shows pumps taking turns and the emergency stop', () => {
    const { chart } = draft(specificationOf('two pumps alternate by level'))
    const on = (name: string) => chart.signals[name]!.filter(each => each === true).length
    expect(on('Pump1Run')).toBeGreaterThan(10)
    expect(on('Pump2Run')).toBeGreaterThan(10)
    expect(on('EmergencyStopped')).toBeGreaterThan(5)
    expect(chart.signals.Pump1Run!.some((each, i) => each && chart.signals.Pump2Run![i])).toBe(false)
    for (const values of Object.values(chart.signals)) expect(values).toHaveLength(chart.t_ms.length)
  })

  test('every sentence stands in both languages', () => {
    const words: unknown[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('zh' in value || 'en' in value) words.push(value)
      for (const each of Object.values(value)) collect(each)
    }
    collect(everything)
    expect(words.length).toBeGreaterThan(60)
    for (const each of words)
      expect(each).toEqual({ zh: expect.stringMatching(/[\u4e00-\u9fff]/), en: expect.stringMatching(/[a-z]/) })
  })
})
