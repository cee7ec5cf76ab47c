/** What a question names: orders, equipment, tags, times, lengths of time, classes, lots. */
import {
  DEFECT_CLASSES,
  type DefectClass,
  type Equipment,
  type Lang,
  type LocalText,
  type TagDefinition,
  type Verdict,
} from '@millwright/contract'
import { classWords } from '../../reports/words.ts'
import { durationIn } from './durations.ts'
import { findEquipment } from './find-equipment.ts'
import { findOrders } from './find-order.ts'
import { findTags, type TagMatch } from './find-tag.ts'
import { NUMBER, numberOf } from './numbers.ts'
import { type PlantClock, type TimeExpression, timeIn } from './times.ts'

/** The names that the plant has at the moment of asking. */
export interface Vocabulary {
  readonly orders: readonly string[]
  readonly equipment: readonly Equipment[]
  readonly products: readonly { readonly id: string; readonly name: LocalText }[]
  readonly tags: readonly TagDefinition[]
  readonly lots: readonly string[]
}

export interface Entities {
  readonly text: string
  readonly lang: Lang
  readonly orders: readonly string[]
  readonly unknownOrders: readonly string[]
  readonly equipment: readonly Equipment[]
  readonly tags: readonly TagMatch[]
  readonly time: TimeExpression | undefined
  /** ms. */
  readonly duration: number | undefined
  readonly lot: string | undefined
  readonly product: string | undefined
  readonly quantity: number | undefined
  readonly defectClass: DefectClass | undefined
  readonly verdict: Verdict | undefined
  readonly reviewed: boolean | undefined
  readonly step: number | undefined
}

export const langOf = (text: string): Lang => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en')

export function entitiesIn(text: string, vocabulary: Vocabulary, clock: PlantClock): Entities {
  const orders = findOrders(text, vocabulary.orders)
  return {
    text,
    lang: langOf(text),
    orders: orders.known,
    unknownOrders: orders.unknown,
    equipment: findEquipment(text, vocabulary.equipment),
    tags: findTags(text, vocabulary.tags),
    time: timeIn(text, clock),
    duration: durationIn(text)?.ms,
    lot: lotIn(text, vocabulary.lots),
    product: productIn(text, vocabulary.products),
    quantity: quantityIn(text),
    defectClass: classIn(text),
    verdict: verdictIn(text),
    reviewed: reviewedIn(text),
    step: stepIn(text),
  }
}

function lotIn(text: string, lots: readonly string[]): string | undefined {
  const folded = text.toLowerCase()
  const named = lots.filter(lot => folded.includes(lot.toLowerCase())).sort((a, b) => b.length - a.length)
  return named[0] ?? /(?:批次|lot)\s*[:：]?\s*([A-Za-z0-9][A-Za-z0-9._-]*\d[A-Za-z0-9._-]*)/i.exec(text)?.[1]
}

function productIn(text: string, products: Vocabulary['products']): string | undefined {
  const fold = (value: string) => value.toLowerCase().replaceAll(/\s+/g, '')
  const folded = fold(text)
  const fits = ({ id, name }: Vocabulary['products'][number]) =>
    [id, name.zh, name.en].some(word => folded.includes(fold(word)))
  return products.find(fits)?.id
}

function quantityIn(text: string): number | undefined {
  const match = new RegExp(
    `(${NUMBER})\\s*(?:片|件|箱|公斤|千克|kg|pcs|pieces|units|screens|cases|boxes)(?![a-z/])`,
    'i',
  ).exec(text)
  return match === null ? undefined : numberOf(match[1]!)
}

function classIn(text: string): DefectClass | undefined {
  const folded = text.toLowerCase()
  return (
    DEFECT_CLASSES.filter(name => name !== 'unknown' && name !== 'line' && name !== 'colour').find(
      name =>
        folded.includes(classWords[name].zh) ||
        new RegExp(`\\b${classWords[name].en.toLowerCase().replace(' ', '[ -]')}(?:e?s)?\\b`).test(folded),
    ) ?? (/色差|colou?r deviation/i.test(text) ? 'colour' : undefined)
  )
}

function verdictIn(text: string): Verdict | undefined {
  if (/不合格|判废|\bfail(?:ed|s)?\b|rejected/i.test(text)) return 'fail'
  if (/待复核|待审|to be reviewed|needs? review|for review/i.test(text)) return 'review'
  if (/合格|\bpass(?:ed)?\b/i.test(text)) return 'pass'
  return undefined
}

function reviewedIn(text: string): boolean | undefined {
  if (/未复核|没有?复核|没有?被复核|尚未复核|unreviewed|not (?:yet )?(?:been )?reviewed/i.test(text)) return false
  return /已复核|复核过的|already reviewed|have been reviewed/i.test(text) ? true : undefined
}

function stepIn(text: string): number | undefined {
  const match = new RegExp(`第\\s*(${NUMBER})\\s*步|\\bstep\\s+(?:no\\.?\\s*)?(${NUMBER})`, 'i').exec(text)
  const ordinal = /\b(first|second|third|fourth|fifth|sixth|last)\s+step/i.exec(text)?.[1]?.toLowerCase()
  if (ordinal !== undefined) {
    const at = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].indexOf(ordinal)
    return at < 0 ? undefined : at + 1
  }
  return match === null ? undefined : numberOf((match[1] ?? match[2])!)
}
