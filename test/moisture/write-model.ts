/** Fits the tracked dryer that is shipped with the models: `node test/moisture/write-model.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RECORDED_SEEDS, recordRun, trainDryer } from './train.ts'

const model = trainDryer(RECORDED_SEEDS.map(seed => recordRun(seed)))
writeFileSync(
  join(import.meta.dirname, '../../models/dryer-moisture/tracked.json'),
  `${JSON.stringify(model, undefined, 1)}\n`,
)
