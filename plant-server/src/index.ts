/** The plant server for tests and tools; processes start it by `mw-plant run`. */
export { defaultConfig, loadConfig, parseConfig } from './config/load.ts'
export type { Config } from './config/schema.ts'
export { createPlant, type Plant, type PlantDeps } from './plant.ts'
export { loadPlantFile } from './schedule/plant-file.ts'
export { type DuckDbOptions, openDuckDbReadings } from './stores/duckdb-readings.ts'
