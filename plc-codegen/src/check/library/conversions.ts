import { elementary, type Type } from '../types.ts'

export interface ConversionFunction {
  /** Undefined for the overloaded `TO_INT`. */
  readonly from?: Type
  readonly to: Type
  /** TRUNC cuts towards zero where `_TO_` rounds; BCD reads or writes decimal digits. */
  readonly mode: 'to' | 'trunc' | 'fromBcd' | 'toBcd'
}

const text = (name: string, length: number): Type | undefined =>
  name === 'STRING'
    ? { kind: 'string', wide: false, length }
    : name === 'WSTRING'
      ? { kind: 'string', wide: true, length }
      : elementary(name)

const cache = new Map<string, ConversionFunction | null>()

/** `INT_TO_REAL`, `TO_INT`, `REAL_TRUNC_INT`, `BCD_TO_INT`, `WORD_BCD_TO_UINT`: IEC 61131-3:2013, tables 22-27. */
export function conversionFunction(upper: string): ConversionFunction | undefined {
  if (!upper.includes('TO_') && !upper.includes('TRUNC')) return undefined
  let known = cache.get(upper)
  if (known === undefined) {
    known = read(upper) ?? null
    cache.set(upper, known)
  }
  return known ?? undefined
}

function read(upper: string): ConversionFunction | undefined {
  const bcdFrom = /^(?:(\w+)_)?BCD_TO_(\w+)$/.exec(upper)
  if (bcdFrom !== null) return make(bcdFrom[1], bcdFrom[2]!, 'fromBcd')
  const bcdTo = /^(\w+)_TO_BCD(?:_(\w+))?$/.exec(upper)
  if (bcdTo !== null) return make(bcdTo[1], bcdTo[2] ?? 'DWORD', 'toBcd')
  const trunc = /^(\w+?)_TRUNC_(\w+)$/.exec(upper) ?? /^()TRUNC_(\w+)$/.exec(upper)
  if (trunc !== null) return make(trunc[1] === '' ? undefined : trunc[1], trunc[2]!, 'trunc')
  const overloaded = /^(?:ANY(?:_NUM|_INT|_REAL|_BIT)?_)?TO_(\w+)$/.exec(upper)
  if (overloaded !== null) return make(undefined, overloaded[1]!, 'to')
  // Of `TIME_OF_DAY_TO_TIME` only one division gives two types.
  for (let at = upper.indexOf('_TO_'); at > 0; at = upper.indexOf('_TO_', at + 1)) {
    const found = make(upper.slice(0, at), upper.slice(at + 4), 'to')
    if (found !== undefined) return found
  }
  return undefined
}

function make(from: string | undefined, to: string, mode: ConversionFunction['mode']): ConversionFunction | undefined {
  const target = text(to, 80)
  if (target === undefined) return undefined
  if (from === undefined) return { to: target, mode }
  const source = text(from, 255)
  return source === undefined ? undefined : { from: source, to: target, mode }
}
