import { fill, type ProblemCode, problemTable } from '../../problems.ts'
import { contradictions, defaults, PUMP_LIMIT, type PumpSettings } from '../patterns/pump-alternation/settings.ts'
import { specify } from '../patterns/pump-alternation/specify.ts'
import type { Specification, Words } from '../specification.ts'
import { assignRoles, findMentions } from './assign-roles.ts'
import {
  alternateWords,
  drainWords,
  eachStartWords,
  emergencyWords,
  faultWords,
  fillWords,
  levelRoles,
  levelWords,
  pumpWords,
  removeWords,
  timeRoles,
} from './lexicon.ts'
import { normalise } from './normalise.ts'
import { findQuantities, type Quantity } from './quantities.ts'

export interface RequestProblem {
  readonly code: ProblemCode
  readonly text: Words
}

export interface Understanding {
  /** Absent where the request cannot be carried out as it stands. */
  readonly specification?: Specification
  readonly problems: readonly RequestProblem[]
}

type Change = { -readonly [K in keyof PumpSettings]?: PumpSettings[K] | undefined }

/**
 * Reads a request in Chinese or English by grammar and lexicon: nothing is guessed that is not listed as an assumption.
 * With a previous specification the request is a change of it.
 */
export function understandRequest(text: string, previous?: Specification): Understanding {
  const plain = normalise(text)
  if (previous !== undefined) return change(text, plain, previous)
  const missing: Words[] = []
  if (!pumpWords.test(plain)) missing.push({ zh: '泵', en: 'pumps' })
  if (!alternateWords.test(plain)) missing.push({ zh: '交替', en: 'alternation' })
  if (!levelWords.test(plain) && !findQuantities(plain).some(each => each.kind === 'level'))
    missing.push({ zh: '液位', en: 'level' })
  if (missing.length > 0) {
    return {
      problems: [
        problem('ST801', {
          zh: { missing: missing.map(each => each.zh).join('、') },
          en: { missing: missing.map(each => each.en).join(', ') },
        }),
      ],
    }
  }
  const unused: Quantity[] = []
  const read = readSettings(plain, undefined, unused)
  const assumed = new Set<keyof PumpSettings>()
  for (const key of ['pumps', 'startLevel', 'stopLevel', 'swap', 'duty'] as const)
    if (read[key] === undefined) assumed.add(key)
  const settings = complete({ ...defaults, ...read, ...withLevels(read) })
  return withIgnored(finish(settings, [text], assumed), text, plain, unused)
}

function change(text: string, plain: string, previous: Specification): Understanding {
  const unused: Quantity[] = []
  const read = readSettings(plain, previous.settings, unused)
  if (Object.keys(read).length === 0) return { problems: [problem('ST804', { zh: {}, en: {} })] }
  const { swapMs, ...rest } = complete({ ...previous.settings, ...read })
  const settings: PumpSettings = rest.swap === 'time' && swapMs !== undefined ? { ...rest, swapMs } : rest
  const assumed = new Set(
    previous.assumptions.map(each => each.id).filter(each => !(each in read)) as (keyof PumpSettings)[],
  )
  return withIgnored(finish(settings, [...previous.requests, text], assumed), text, plain, unused)
}

/** Clauses in which no word of the lexicon stands are named, so that nobody believes they were carried out. */
function withIgnored(found: Understanding, text: string, plain: string, unused: readonly Quantity[]): Understanding {
  const ignored = text
    .split(/[，,。；;！!？?\n]|\.(?!\d)/)
    .map(each => each.trim())
    .filter(each => {
      const plain = normalise(each)
      if (
        plain.replace(/[^a-z\u4e00-\u9fff]/g, '').length < 2 ||
        /^(?:请|谢谢|你好|please|thanks?(?: you)?|hello|hi)/.test(plain)
      )
        return false
      const known =
        [...levelRoles, ...timeRoles].some(({ pattern }) => plain.search(pattern) >= 0) ||
        plain.search(emergencyWords) >= 0
      return !known && !knownWords.some(words => words.test(plain)) && findQuantities(plain).length === 0
    })
  // A number that nobody asked for may be a wish that was misread.
  for (const each of unused) ignored.push(plain.slice(each.start, each.end))
  if (ignored.length === 0 || found.specification === undefined) return found
  return {
    ...found,
    problems: [
      ...found.problems,
      problem('ST805', { zh: { words: ignored.join('；') }, en: { words: ignored.join('; ') } }),
    ],
  }
}

const knownWords = [
  pumpWords,
  alternateWords,
  levelWords,
  drainWords,
  fillWords,
  faultWords,
  eachStartWords,
  removeWords,
]

function finish(
  settings: PumpSettings,
  requests: readonly string[],
  assumed: ReadonlySet<keyof PumpSettings>,
): Understanding {
  const wrong = contradictions(settings)
  if (wrong.length > 0) return { problems: wrong.map(values => problem('ST803', { zh: values, en: values })) }
  return { specification: specify(settings, requests, assumed), problems: [] }
}

/** Missing levels: in another unit than percent there is no sensible default but one derived from what is given. */
function withLevels(read: Change): Pick<PumpSettings, 'duty' | 'startLevel' | 'stopLevel'> {
  const { startLevel, stopLevel, unit = '%' } = read
  const duty =
    read.duty ?? (startLevel !== undefined && stopLevel !== undefined && startLevel < stopLevel ? 'fill' : 'drain')
  const { startLevel: high, stopLevel: low } = defaults
  const [start, stop] = duty === 'drain' ? [high, low] : [low, high]
  const derived = (given: number | undefined, ratio: number, other: number) =>
    unit === '%' || given === undefined ? other : given * ratio
  return {
    duty,
    startLevel: startLevel ?? derived(stopLevel, start / stop, start),
    stopLevel: stopLevel ?? derived(startLevel, stop / start, stop),
  }
}

function complete(settings: Change): PumpSettings {
  return Object.fromEntries(
    Object.entries({ ...settings, swap: settings.swap ?? defaults.swap }).filter(([, value]) => value !== undefined),
  ) as unknown as PumpSettings
}

/** The settings that the text speaks of; undefined as a value takes a setting away. */
function readSettings(plain: string, previous: PumpSettings | undefined, unused: Quantity[]): Change {
  const found: Change = {}
  const whole = plain.replace(emergencyWords, ' ')
  // A clause that takes something away names no number: "drops below 20 %" takes nothing away.
  const clauses = whole.split(/([,，。;；\n]|\.(?!\d))/)
  const removing = clauses.filter(each => removeWords.test(each) && findQuantities(each).length === 0)
  const text = clauses.filter(each => !removing.includes(each)).join('')
  for (const each of removing) Object.assign(found, removed(each))
  const count =
    /(\d+)\s*(?:台|个|只)?\s*(?:[\u4e00-\u9fff]{0,4}泵|(?:\w+\s)?pumps?\b)/.exec(text) ??
    /(?:泵|pumps?)[^,，。;]{0,8}?(?:改为|增加到|变为|to)\s*(\d+)\s*(?:台|个)?(?!\s*(?:%|\d|m|秒|分|小时|h))/.exec(text)
  if (
    count !== null &&
    Number(count[1]) >= 2 &&
    Number(count[1]) <= PUMP_LIMIT &&
    !/(?:都|全|一起|同时)/.test(text.slice(count.index + count[0].length, count.index + count[0].length + 2))
  )
    found.pumps = Number(count[1])
  if (drainWords.test(text)) found.duty = 'drain'
  else if (fillWords.test(text)) found.duty = 'fill'
  if (faultWords.test(text)) found.faultTakeover = true
  const quantities = findQuantities(text)
  readLevels(
    text,
    quantities.filter(each => each.kind === 'level'),
    found,
    previous,
    unused,
  )
  readTimes(
    text,
    quantities.filter(each => each.kind === 'time'),
    found,
    unused,
  )
  if (eachStartWords.test(text) && found.swap === undefined) found.swap = 'eachStart'
  if (previous !== undefined && found.pumps === previous.pumps && Object.keys(found).length > 1) delete found.pumps
  return found
}

function removed(text: string): Change {
  const found: Change = {}
  const roles = new Set(findMentions(text, levelRoles).map(each => each.role))
  const alarm = /报警|alarm/.test(text)
  if (roles.has('high') || (alarm && !roles.has('low'))) found.highAlarm = undefined
  if (roles.has('low') || (alarm && !roles.has('high'))) found.lowAlarm = undefined
  if (roles.has('assist')) found.assistLevel = undefined
  if (/延时|延迟|delay/.test(text)) found.startDelayMs = undefined
  if (faultWords.test(text)) found.faultTakeover = false
  return found
}

function readLevels(
  text: string,
  given: readonly Quantity[],
  found: Change,
  previous: PumpSettings | undefined,
  unused: Quantity[],
): void {
  const unit = previous?.unit ?? given[0]?.unit ?? '%'
  const levels = given.flatMap(each => inUnit(each, unit))
  unused.push(...given.filter(each => inUnit(each, unit).length === 0))
  if (levels.length > 0 && unit !== previous?.unit) found.unit = unit
  // "start delay" speaks of a time; its words are blanked out in place, so that distances stay.
  const plain = text.replace(/启动延[时迟]|延[时迟]启动|start(?:-?up|ing)?[- ]delay/g, words =>
    ' '.repeat(words.length),
  )
  const roles = assignRoles(plain, levels, findMentions(plain, levelRoles))
  const value = (role: 'start' | 'stop' | 'assist' | 'high' | 'low') => roles.get(role)?.value
  const named = {
    startLevel: value('start'),
    stopLevel: value('stop'),
    assistLevel: value('assist'),
    highAlarm: value('high'),
    lowAlarm: value('low'),
  }
  Object.assign(found, Object.fromEntries(Object.entries(named).filter(([, each]) => each !== undefined)))
  const assigned = new Set(roles.values())
  let rest = levels.filter(each => !assigned.has(each))
  const [one, other] = rest
  // "between 30 % and 80 %" names the limits without saying which starts.
  if (
    found.startLevel === undefined &&
    found.stopLevel === undefined &&
    one !== undefined &&
    other !== undefined &&
    rest.length === 2
  ) {
    const [lower, upper] = [Math.min(one.value, other.value), Math.max(one.value, other.value)]
    const drain = (found.duty ?? previous?.duty ?? 'drain') === 'drain'
    found.startLevel = drain ? upper : lower
    found.stopLevel = drain ? lower : upper
    rest = []
  }
  unused.push(...rest)
  const { startLevel, stopLevel } = found
  if (startLevel !== undefined && stopLevel !== undefined && found.duty === undefined) {
    const duty = startLevel < stopLevel ? 'fill' : 'drain'
    if (duty !== previous?.duty) found.duty = duty
  }
}

const metres: Readonly<Record<string, number>> = { m: 1, cm: 0.01, mm: 0.001 }

/** The level in another unit of length; nothing where percent and length would have to be mixed. */
function inUnit(quantity: Quantity, unit: string): Quantity[] {
  if (quantity.unit === unit) return [quantity]
  const from = metres[quantity.unit]
  const to = metres[unit]
  return from === undefined || to === undefined
    ? []
    : [{ ...quantity, unit, value: Number(((quantity.value * from) / to).toPrecision(12)) }]
}

function readTimes(text: string, times: readonly Quantity[], found: Change, unused: Quantity[]): void {
  const roles = assignRoles(text, times, findMentions(text, timeRoles))
  const swap = roles.get('swap')
  const delay = roles.get('delay')
  if (swap !== undefined) {
    found.swap = 'time'
    found.swapMs = swap.value
  }
  if (delay !== undefined) found.startDelayMs = delay.value
  unused.push(...times.filter(each => each !== swap && each !== delay))
}

function problem(
  code: ProblemCode,
  values: { zh: Record<string, string>; en: Record<string, string> },
): RequestProblem {
  const { message, remedy } = problemTable[code]
  return {
    code,
    text: {
      zh: `${fill(message.zh, values.zh)}。${fill(remedy.zh, values.zh)}`,
      en: `${fill(message.en, values.en)}: ${fill(remedy.en, values.en)}`,
    },
  }
}
