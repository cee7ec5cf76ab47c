import type { Random } from './random.ts'

/** Smooth random field over a picture: mean 0, deviation about 1, features of about `cell` px. */
export interface Field {
  readonly columns: number
  readonly rows: number
  readonly cell: number
  readonly values: Float32Array
}

export function createField(random: Random, width: number, height: number, cell: number): Field {
  const columns = Math.ceil(width / cell) + 3
  const rows = Math.ceil(height / cell) + 3
  const values = new Float32Array(columns * rows)
  for (let i = 0; i < values.length; i += 1) values[i] = random.normal()
  return { columns, rows, cell, values }
}

/** The field at a point, smoothly interpolated; points outside take the border's value. */
export function sample(field: Field, x: number, y: number): number {
  const u = clamp(x / field.cell, 0, field.columns - 2.001)
  const v = clamp(y / field.cell, 0, field.rows - 2.001)
  const i = Math.floor(u)
  const j = Math.floor(v)
  const s = ease(u - i)
  const t = ease(v - j)
  const at = j * field.columns + i
  const top = field.values[at]! * (1 - s) + field.values[at + 1]! * s
  const low = field.values[at + field.columns]! * (1 - s) + field.values[at + field.columns + 1]! * s
  return 1.4 * (top * (1 - t) + low * t)
}

/** Fills `row` with the field along one picture row: the fast way over a whole picture. */
export function sampleRow(field: Field, y: number, row: Float32Array): void {
  const v = clamp(y / field.cell, 0, field.rows - 2.001)
  const j = Math.floor(v)
  const t = ease(v - j)
  const at = j * field.columns
  let cell = -1
  let left = 0
  let right = 0
  for (let x = 0; x < row.length; x += 1) {
    const u = x / field.cell
    const i = Math.min(Math.floor(u), field.columns - 2)
    if (i !== cell) {
      cell = i
      left = field.values[at + i]! * (1 - t) + field.values[at + field.columns + i]! * t
      right = field.values[at + i + 1]! * (1 - t) + field.values[at + field.columns + i + 1]! * t
    }
    const s = ease(u - i)
    row[x] = 1.4 * (left * (1 - s) + right * s)
  }
}

const clamp = (value: number, low: number, high: number) => (value < low ? low : Math.min(value, high))
const ease = (t: number) => t * t * (3 - 2 * t)
