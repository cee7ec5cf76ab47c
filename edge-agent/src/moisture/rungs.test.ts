import { describe, expect, it } from 'vitest'
import { bandsFrom, createOnlineBands } from './bands.ts'
import { estimateBoosted, fitBoosted } from './boosting.ts'
import { designOf } from './design.ts'
import { iterate } from './iterated.ts'
import { estimateLinear } from './linear-model.ts'
import { symmetricEigen } from './matrix.ts'
import { predictRows } from './predict-rows.ts'
import { fitSubspace, unfold } from './subspace.ts'
import type { SampleTable } from './table.ts'

const noise = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648 - 0.5
}

/** y(t) = 0.8 y(t-1) + u(t-2) + e. */
function lagging(rows: number, spread = 0.02): SampleTable {
  const random = noise(5)
  const u = Float64Array.from({ length: rows }, () => random())
  const y = new Float64Array(rows)
  for (let t = 2; t < rows; t += 1) y[t] = 0.8 * y[t - 1]! + u[t - 2]! + spread * random()
  return { rows, columns: { u, y } }
}

describe('iterated one-step model', () => {
  it('is the same as running it step by step', () => {
    const step = { target: 'y', intercept: 0.1, own: [0.8, -0.1], inputs: [{ column: 'u', lag: 1, weight: 0.5 }] }
    const model = { ...iterate(step, 3, 0), seen: {}, halfWidth: 0 }
    const { columns } = lagging(40)
    const known = [...columns.y!]
    const row = 30
    for (let t = row - 2; t <= row; t += 1)
      known[t] = 0.1 + 0.8 * known[t - 1]! - 0.1 * known[t - 2]! + 0.5 * columns.u![t - 1]!
    expect(estimateLinear(model, { rows: 40, columns }, row)?.y).toBeCloseTo(known[row]!, 10)
  })
})

describe('state space by subspaces', () => {
  it.each([0, 3] as const)('explains a system it was not told, targets known %d rows late', late => {
    const table = lagging(1500)
    const [model] = fitSubspace(table, 'y', ['u'], [3], 1, [{ from: 0, to: 1000 }])
    const linear = { ...unfold(model!, late, 1)!, seen: {}, halfWidth: 0 }
    let error = 0
    let whole = 0
    for (let t = 1100; t < 1499; t += 1) {
      const truth = table.columns.y![t + 1]!
      error += (estimateLinear(linear, table, t)!.y - truth) ** 2
      whole += truth ** 2
    }
    expect(1 - error / whole).toBeGreaterThan(0.97)
  })
  it('eigenvectors of a symmetric matrix reproduce it', () => {
    const matrix = [
      [4, 1, 0.5],
      [1, 3, -0.2],
      [0.5, -0.2, 1],
    ]
    const { values, vectors } = symmetricEigen(matrix)
    matrix.forEach((row, i) => {
      row.forEach((value, j) => {
        const again = values.reduce((sum, v, k) => sum + v * vectors[k]![i]! * vectors[k]![j]!, 0)
        expect(again).toBeCloseTo(value, 9)
      })
    })
  })
})

describe('boosting', () => {
  const random = noise(11)
  const rows = 1200
  const a = Float64Array.from({ length: rows }, () => random())
  const y = a.map(value => (value > 0.1 ? 2 : Math.abs(value)))
  const table = { rows, columns: { a, y } }
  const terms = [{ column: 'a', lag: 0 }]
  const design = designOf(table, terms, 'y', 0, [{ from: 0, to: 900 }])
  const options = { trees: 80, depth: 3, rate: 0.1, leastRows: 10 }
  it('learns what no line can, and says what each input gave', () => {
    const fitted = fitBoosted(design, -1, options)
    const model = { kind: 'boosted', target: 'y', horizon: 0, terms, ...fitted, seen: {}, halfWidth: 0 } as const
    let error = 0
    for (let t = 900; t < rows; t += 1) error += (estimateBoosted(model, table, t)!.y - y[t]!) ** 2 / 300
    expect(Math.sqrt(error)).toBeLessThan(0.15)
    const { y: guess, contributions } = estimateBoosted(model, table, 950)!
    const roots = fitted.trees.reduce((sum, tree) => sum + tree.value[0]!, 0)
    expect(fitted.constant + roots + contributions.a!).toBeCloseTo(guess, 9)
  })
  it('is the same each time', () => expect(fitBoosted(design, -1, options)).toEqual(fitBoosted(design, -1, options)))
})

describe('intervals', () => {
  it('have a width for each regime', () => {
    const random = noise(2)
    const residuals = Array.from({ length: 400 }, (_, i) => ({
      error: random() * (i % 2 === 0 ? 1 : 4),
      regime: i % 2 === 0 ? 'steady' : 'head',
    }))
    const { regimes } = bandsFrom(residuals)
    expect(regimes.head! / regimes.steady!).toBeGreaterThan(3)
  })
  it('come to hold nine in ten of a process that has changed', () => {
    const random = noise(3)
    const bands = createOnlineBands({ all: 0.2, regimes: {} })
    let held = 0
    for (let i = 0; i < 3000; i += 1) {
      const error = Math.abs(2 * random())
      const inside = error <= bands.halfWidth('all')
      bands.learn('all', inside)
      if (i >= 1000 && inside) held += 1
    }
    expect(held / 2000).toBeGreaterThan(0.87)
    expect(held / 2000).toBeLessThan(0.93)
  })
  it('widths too know nothing of later rows', () => {
    const table = lagging(300, 0.5)
    const model = { target: 'y', horizon: 2, terms: [], intercept: 0, seen: {}, halfWidth: 0.3 }
    const sensor = {
      kind: 'millwright-softsensor',
      version: 1,
      name: 's',
      target: 'y',
      inputs: ['u'],
      targetLate: 3,
      sampleSeconds: 0,
      rung: 'mean',
      models: [model],
      notes: {},
    } as const
    const file = { ...sensor, inputs: [...sensor.inputs], models: [...sensor.models] }
    const altered = {
      rows: 300,
      columns: { ...table.columns, y: table.columns.y!.map((value, t) => (t > 150 - 3 ? 99 : value)) },
    }
    expect(predictRows(file, altered).slice(0, 151)).toEqual(predictRows(file, table).slice(0, 151))
  })
})
