/** Reads the soft sensor that a loop names: a folder beside the agent's file, or a shipped one of the models room. */
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { failed, type Problem, type Result } from '@millwright/contract'
import { parseSoftSensorFile, type SoftSensorFile } from '../moisture/model-file.ts'
import { parseTrackedDryer, type TrackedDryer } from '../moisture/tracking/model.ts'

const FILE = 'softsensor.json'
const TRACKED_FILE = 'tracked.json'

/**
 * @param name as written in the configuration
 * @param configFolder folder of the agent's file
 * @param shipped folder of the shipped models
 */
export const loadSoftSensor = (
  name: string,
  configFolder: string,
  shipped: string,
): Result<SoftSensorFile, Problem[]> => load(name, configFolder, shipped, FILE, parseSoftSensorFile)

/** The tracked dryer that a predictive loop names, found in the same places. */
export const loadTracked = (name: string, configFolder: string, shipped: string): Result<TrackedDryer, Problem[]> =>
  load(name, configFolder, shipped, TRACKED_FILE, parseTrackedDryer)

function load<T>(
  name: string,
  configFolder: string,
  shipped: string,
  file: string,
  parse: (text: string, place: string) => Result<T, Problem[]>,
): Result<T, Problem[]> {
  const places = isAbsolute(name) ? [name] : [resolve(configFolder, name), join(shipped, name)]
  const found = places.map(place => join(place, file)).find(existsSync)
  if (found === undefined) {
    return failed([{ code: 'MW-0102', place: name, values: { detail: `no ${file} in ${places.join(' or ')}` } }])
  }
  return parse(readFileSync(found, 'utf8'), found)
}
