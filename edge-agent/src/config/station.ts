/** A station that works with a PLC: trigger, picture, verdict, handshake. Tags are named as in `tags` of the same file. */
import { DEFECT_CLASSES } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { Id, Ms, strict } from './strict.ts'

const Tag = Type.String({ minLength: 1 })
const Code = Type.Integer({ minimum: 0, maximum: 65_535 })

export const StationConfig = strict({
  /** Id of the camera in `sources`. */
  camera: Id,
  /** Boolean: a part is in place. Rising edge. */
  trigger: Tag,
  /** From the trigger until the part stands still, ms. */
  delayMs: Type.Optional(Type.Number({ minimum: 0, maximum: 60_000 })),
  /** The part's name, read at the trigger. */
  panel: Type.Optional(Tag),
  /** Only a picture whose file name says this panel answers the trigger. */
  matchPanel: Type.Optional(Type.Boolean()),
  /** The PLC's number of the part, read at the trigger: tells a new part from the old one after a cut. */
  sequence: Type.Optional(Tag),
  handshake: Type.Optional(
    strict({
      /** True from the trigger until the result is valid. */
      busy: Type.Optional(Tag),
      /** True while the result may be read. */
      valid: Tag,
      /** The PLC has read it. Without it the PLC says so by letting the trigger fall. */
      ack: Type.Optional(Tag),
    }),
  ),
  result: strict({
    verdict: Tag,
    /** Number of the defect class with the highest score; 0: none. */
    class: Type.Optional(Tag),
    /** 0 to 100. */
    score: Type.Optional(Tag),
    panel: Type.Optional(Tag),
    /** The PLC's number of the part again; a count of ours where it gives none. */
    sequence: Type.Optional(Tag),
  }),
  /** What `verdict` says; none: no picture or no verdict in time. */
  codes: Type.Optional(
    strict({
      pass: Type.Optional(Code),
      fail: Type.Optional(Code),
      review: Type.Optional(Code),
      none: Type.Optional(Code),
    }),
  ),
  /** Numbers of the defect classes; those not named keep theirs: 1 scratch, 2 stain, ... in the order of the contract. */
  classes: Type.Optional(strict(Object.fromEntries(DEFECT_CLASSES.map(name => [name, Type.Optional(Code)])))),
  /** Until a picture has come, from the trigger and its delay, ms. */
  captureMs: Ms(2000),
  /** Until the verdict, from the trigger, ms. */
  timeoutMs: Ms(3000),
  /** Until the PLC has taken the result, ms. */
  ackMs: Ms(5000),
})
export type StationConfig = Static<typeof StationConfig>

export const CODES = { pass: 1, fail: 2, review: 3, none: 9 } as const

/** Tags that a station reads, and that it writes, each with its key. */
export function stationTags({ trigger, panel, sequence, handshake, result }: StationConfig) {
  const named = (entries: readonly (readonly [string, string | undefined])[]) =>
    entries.flatMap(([key, tag]) => (tag === undefined ? [] : [{ key, tag }]))
  return {
    read: named([
      ['trigger', trigger],
      ['panel', panel],
      ['sequence', sequence],
      ['handshake.ack', handshake?.ack],
    ]),
    written: named([
      ['handshake.busy', handshake?.busy],
      ['handshake.valid', handshake?.valid],
      ...Object.entries(result).map(([key, tag]) => [`result.${key}`, tag] as const),
    ]),
  }
}
