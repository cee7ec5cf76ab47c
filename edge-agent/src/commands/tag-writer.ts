/** Writes one tag: known, writable, through the guard, to the device, read back and compared. */
import { describe, type Problem, type Reading } from '@millwright/contract'
import { fromRaw, toRaw } from '../domain/reading-rules.ts'
import type { TagTable } from '../pipeline/tag-table.ts'
import type { Guard } from '../ports/guard.ts'
import type { CommandOutcome } from '../ports/loop-runner.ts'
import type { Source } from '../sources/source.ts'

export interface TagWriterDeps {
  readonly tags: TagTable
  readonly source: (id: string) => Source | undefined
  readonly guard: Guard
  readonly newest: (tag: string) => Reading | undefined
  readonly now: () => number
}

export type TagWriter = (tag: string, value: number | boolean) => Promise<CommandOutcome>

/** Read-back may differ by this share, for devices that keep 32-bit floats. */
const TOLERANCE = 1e-5

export const refused = (problem: Problem): CommandOutcome => ({
  status: 'refused',
  code: problem.code,
  text: describe(problem),
})
export const failedWith = (problem: Problem): CommandOutcome => ({ ...refused(problem), status: 'failed' })

export function createTagWriter({ tags, source, guard, newest, now }: TagWriterDeps): TagWriter {
  return async (name, value) => {
    const tag = tags.byTag(name)
    if (tag === undefined) return refused({ code: 'MW-1007', values: { name } })
    const device = source(tag.definition.device)
    if (tag.config?.writable === undefined || device?.write === undefined)
      return refused({ code: 'MW-1009', place: name })
    if (typeof value !== 'boolean' && tag.rules.type === 'boolean')
      return refused({ code: 'MW-0101', place: name, values: { detail: 'true or false' } })
    const current = newest(name)
    const before = current?.value ?? undefined
    const known = before === undefined || before === null ? {} : { before }
    const { maxStep } = tag.config.writable
    const reasons = guard.judge({
      tag: tag.definition,
      value,
      current,
      now: now(),
      ...(maxStep === undefined ? {} : { maxStep }),
    })
    if (reasons.length > 0) {
      const { code } = { code: 'MW-1008' } as const
      const detail = (lang: 'zh' | 'en') => reasons.map(({ text }) => text[lang]).join(lang === 'zh' ? '；' : '; ')
      return {
        status: 'refused',
        code,
        text: {
          zh: describe({ code, place: name, values: { detail: detail('zh') } }).zh,
          en: describe({ code, place: name, values: { detail: detail('en') } }).en,
        },
        ...known,
      }
    }
    const raw = typeof value === 'number' ? toRaw(tag.rules, value) : value
    const answer = await device.write(tag.config.name, raw)
    switch (answer.kind) {
      case 'failed':
        return { ...failedWith({ code: 'MW-1001', place: name, values: { detail: answer.detail } }), ...known }
      case 'refused':
        return { ...refused({ code: 'MW-1003', place: name, values: { detail: answer.detail } }), ...known }
      case 'written': {
        const readBack = typeof answer.readBack === 'number' ? fromRaw(tag.rules, answer.readBack) : answer.readBack
        if (close(readBack, value)) return { status: 'done', readBack, ...known }
        const values = { wrote: String(value), read: String(readBack) }
        return { ...failedWith({ code: 'MW-1004', place: name, values }), readBack, ...known }
      }
    }
  }
}

function close(a: number | boolean | string, b: number | boolean): boolean {
  if (typeof b === 'boolean') return Boolean(a) === b
  return typeof a === 'number' && Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b))
}
