/** Turns the simulated plant, second by second, into the samples that an agent would have: means over a step, of what the meters show. */

import type { LineSample } from '@millwright/edge-agent'
import { measureSlow, type PlantParameters, type PlantState, qualities, type Random } from '@millwright/fixtures'

export const STEP_S = 5
/** Planned mass of a batch, kg: the order says it. */
export const BATCH_KG = 6000

const METERS = {
  upstream: 'Conditioning.OutletMoisture',
  inlet: 'Dryer.InletMoisture',
  outlet: 'Dryer.OutletMoisture',
  wall: 'Dryer.WallTemperature',
  speed: 'Conditioning.BeltSpeed',
  feed: 'Conditioning.FeedRate',
  inletTemperature: 'Dryer.InletTemperature',
  inletFlow: 'Dryer.InletFlow',
  hotAirIn: 'Dryer.HotAirTemperature',
  airFlow: 'Dryer.AirFlow',
  exhaust: 'Dryer.ExhaustTemperature',
  humidity: 'Dryer.ExhaustHumidity',
} as const
type Meter = keyof typeof METERS

export interface Sampling {
  /** A second's state; the sample whenever a step is full. */
  second(state: PlantState): LineSample | undefined
}

export function createSampling(random: Random, parameters: PlantParameters): Sampling {
  const sums = new Map<Meter, { sum: number; count: number }>()
  let seconds = 0
  const clear = () => {
    for (const meter of Object.keys(METERS) as Meter[]) sums.set(meter, { sum: 0, count: 0 })
  }
  clear()
  return {
    second(state) {
      const shown = measureSlow(state, random, parameters) as Record<string, unknown>
      const quality = qualities(state)
      for (const [meter, id] of Object.entries(METERS) as [Meter, string][]) {
        if ((quality[id] ?? 'good') !== 'good') continue
        const held = sums.get(meter)!
        held.sum += Number(shown[id])
        held.count += 1
      }
      seconds += 1
      if (seconds % STEP_S !== 0) return undefined
      const mean = (meter: Meter) => {
        const { sum, count } = sums.get(meter)!
        return count === 0 ? Number.NaN : sum / count
      }
      const sample: LineSample = {
        upstream: mean('upstream'),
        inlet: mean('inlet'),
        outlet: mean('outlet'),
        wall: mean('wall'),
        speed: mean('speed'),
        feed: mean('feed'),
        feedSet: state.setpoints.feed,
        batchDone: Number(shown['Line.BatchFedMass']) / BATCH_KG,
        steam: state.setpoints.steamPressure,
        hotAir: state.setpoints.hotAir,
        damper: state.setpoints.exhaustDamper,
        drying: {
          inletTemperature: mean('inletTemperature'),
          inletFlow: mean('inletFlow'),
          hotAir: mean('hotAirIn'),
          airFlow: mean('airFlow'),
          exhaust: mean('exhaust'),
          humidity: mean('humidity'),
        },
      }
      clear()
      return sample
    },
  }
}
