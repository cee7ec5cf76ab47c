/** Reads the soft sensor that a loop names: a folder beside the agent's file, or a shipped one of the models room. */
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { failed, type Problem, type Result } from '@millwright/contract'
import { parseSoftSensorFile, type SoftSensorFile } from '../moisture/model-file.ts'

const FILE = 'softsensor.json'

/**
 * @param name as written in the configuration
 * @param configFolder folder of the agent's file
 * @param shipped folder of the shipped models
 */
export function loadSoftSensor(name: string, configFolder: string, shipped: string): Result<SoftSensorFile, Problem[]> {
  const places = isAbsolute(name) ? [name] : [resolve(configFolder, name), join(shipped, name)]
  const found = places.map(place => join(place, FILE)).find(existsSync)
  if (found === undefined) {
    return failed([{ code: 'MW-0102', place: name, values: { detail: `no ${FILE} in ${places.join(' or ')}` } }])
  }
  return parseSoftSensorFile(readFileSync(found, 'utf8'), found)
}
