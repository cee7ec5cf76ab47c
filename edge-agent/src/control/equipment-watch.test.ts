import { describe, expect, it } from 'vitest'
import { createEquipmentWatch, type EquipmentSample } from './equipment-watch.ts'

const STEP = 5
const sound = (i: number): EquipmentSample => ({
  heatTransfer: 0.02 * Math.sin(i / 60),
  meterAbove: 0.05 * Math.sin(i / 40),
  steamExpected: 2.5,
  steam: 2.5 + 0.01 * Math.sin(i),
  noisy: { inlet: 19.4 + 0.01 * Math.sin(i), wall: 132 + 0.1 * Math.cos(i) },
})
/** What comes and goes over so many samples, with the sample at which it does. */
function told(count: number, of: (i: number) => Partial<EquipmentSample>) {
  const watch = createEquipmentWatch(signal => ({ zh: signal, en: signal }))
  return Array.from({ length: count }, (_, i) =>
    watch.take({ ...sound(i), ...of(i) }, STEP).map(each => ({ i, ...each })),
  ).flat()
}

describe('equipment watch', () => {
  it('says nothing of a sound dryer', () => expect(told(3000, () => ({}))).toEqual([]))

  it.each<[string, Partial<EquipmentSample>]>([
    ['fouling', { heatTransfer: -0.07 }],
    ['meter_off', { meterAbove: -0.5 }],
    ['valve_sticks', { steam: 2.7 }],
  ])('%s comes when it lasts and goes when it is over, once each', (finding, fault) => {
    const changes = told(4000, i => (i >= 1000 && i < 2000 ? fault : {}))
    expect(changes.map(each => [each.finding, each.input])).toEqual([
      [finding, 'raise'],
      [finding, 'return'],
    ])
    expect(changes[0]!.i).toBeGreaterThan(1010)
    expect(changes[0]!.i).toBeLessThan(1700)
    expect(changes[1]!.i).toBeGreaterThanOrEqual(2000)
  })

  it('a signal that stands still to the last digit is named, with the value it stands at', () => {
    const changes = told(400, i => (i >= 100 && i < 200 ? { noisy: { ...sound(i).noisy, wall: 131.5 } } : {}))
    expect(changes.map(each => [each.i, each.finding, each.input])).toEqual([
      [124, 'frozen', 'raise'],
      [200, 'frozen', 'return'],
    ])
    expect(changes[0]!.message.en).toContain('wall has stood at 131.5')
  })

  it('a minute of any of them is no finding', () => {
    const changes = told(1000, i => (i >= 500 && i < 511 ? { heatTransfer: -0.2, meterAbove: 0.5, steam: 3 } : {}))
    expect(changes).toEqual([])
  })

  it('does not judge by what it does not know', () => {
    const unknown = {
      heatTransfer: Number.NaN,
      meterAbove: Number.NaN,
      steam: Number.NaN,
      noisy: { inlet: Number.NaN },
    }
    expect(told(2000, () => unknown)).toEqual([])
  })
})
