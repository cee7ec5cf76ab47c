/** Control loops of an agent: configuration, guard and runner. */
export { LoopConfig } from './config.ts'
export { createGuard } from './create-guard.ts'
export { loadSoftSensor, loadTracked } from './load-soft-sensor.ts'
export { createLoopRunner } from './loop-runner.ts'
