/** AOI: what an inspection says. The line of `mw-edge inspect` is `InspectionLine`; a stored one is `Inspection`. */
import { type Static, Type } from 'typebox'
import { Reason } from './text.ts'

export const DEFECT_CLASSES = [
  'scratch',
  'stain',
  'oil',
  'dust',
  'chip',
  'dead_pixel',
  'line',
  'mura',
  'light_leak',
  'colour',
  'unknown',
] as const
export type DefectClass = (typeof DEFECT_CLASSES)[number]
export const DefectClass = Type.Unsafe<DefectClass>(Type.Union(DEFECT_CLASSES.map(name => Type.Literal(name))))

export const PATTERNS = ['white', 'black', 'red', 'green', 'blue', 'grey', 'checker', 'surface'] as const
/** What the screen showed; surface: switched off, lit from outside. */
export type Pattern = (typeof PATTERNS)[number]
export const Pattern = Type.Unsafe<Pattern>(Type.Union(PATTERNS.map(name => Type.Literal(name))))

export const Verdict = Type.Union([Type.Literal('pass'), Type.Literal('fail'), Type.Literal('review')])
export type Verdict = Static<typeof Verdict>

export const Defect = Type.Object({
  class: DefectClass,
  subclass: Type.Optional(Type.String()),
  score: Type.Number({ minimum: 0, maximum: 1 }),
  /** x, y, width, height in pixels of the file. */
  bbox: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
  area_px: Type.Number(),
  /** Percent of the whole image. */
  area_pct: Type.Number(),
  reasons: Type.Array(Reason),
})
export type Defect = Static<typeof Defect>

export const CodedError = Type.Object({ code: Type.String(), message: Type.String() })
export type CodedError = Static<typeof CodedError>

export const InspectionMs = Type.Object({
  decode: Type.Number(),
  locate: Type.Number(),
  infer: Type.Number(),
  rules: Type.Number(),
  total: Type.Number(),
})

/** A judged capture. */
export const JudgedLine = Type.Object({
  image: Type.String(),
  panel: Type.String(),
  pattern: Pattern,
  width: Type.Integer(),
  height: Type.Integer(),
  verdict: Verdict,
  /** 0..1, higher is more defective; comparable under one recipe. */
  score: Type.Number({ minimum: 0, maximum: 1 }),
  defects: Type.Array(Defect),
  reasons: Type.Array(Reason),
  ms: InspectionMs,
  model: Type.String(),
  recipe: Type.String(),
})
export type JudgedLine = Static<typeof JudgedLine>

/** A capture that cannot be judged. */
export const RefusedLine = Type.Object({
  image: Type.String(),
  panel: Type.Optional(Type.String()),
  pattern: Type.Optional(Pattern),
  verdict: Type.Literal('review'),
  error: CodedError,
  defects: Type.Array(Defect, { maxItems: 0 }),
  score: Type.Null(),
})
export type RefusedLine = Static<typeof RefusedLine>

export const InspectionLine = Type.Union([JudgedLine, RefusedLine])
export type InspectionLine = Static<typeof InspectionLine>

/** An inspection as the agent sends it: the line, with who and what it was made from. */
export const InspectionEvent = Type.Object({
  /** Unique: `station:sha256 of the file:file name`. */
  id: Type.String(),
  /** ISA-95 equipment id of the inspecting station. */
  station: Type.String(),
  /** When the capture was taken (file time), ms. */
  t: Type.Integer(),
  /** Content address of the image file; its bytes are stored before the event is. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  bytes: Type.Integer(),
  mediaType: Type.String(),
  line: InspectionLine,
})
export type InspectionEvent = Static<typeof InspectionEvent>

/** confirm: the machine was right; overturn: it was not. */
export const ReviewDecision = Type.Union([Type.Literal('confirm'), Type.Literal('overturn')])
export const Review = Type.Object({
  decision: ReviewDecision,
  /** What the part is by the person's judgement. */
  truth: Type.Union([Type.Literal('good'), Type.Literal('defective')]),
  comment: Type.String(),
  by: Type.String(),
  t: Type.Integer(),
})
export type Review = Static<typeof Review>

export const Inspection = Type.Object({
  ...InspectionEvent.properties,
  agent: Type.String(),
  lot: Type.String(),
  review: Type.Optional(Review),
})
export type Inspection = Static<typeof Inspection>

/** An image on its way to the plant server. */
export const ImageUpload = Type.Object({
  /** Whole, durable, and what its hash says. */
  stored: Type.Boolean(),
  /** Bytes that are here: the next part begins there. */
  offset: Type.Integer({ minimum: 0 }),
})
export type ImageUpload = Static<typeof ImageUpload>
