import type { Browser } from 'playwright-core'
import type { RunningPlant } from './plant.ts'

/** What a journey is given. */
export interface Here {
  readonly plant: RunningPlant
  readonly browser: Browser
}
