/** The sample plant's orders, for a demo that has none: a data file of fixtures, read by the command line alone. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PlanningPart } from '../mes/wire.ts'

const FILE = fileURLToPath(new URL('../../../fixtures/orders/sample-plant.json', import.meta.url))
const SYSTEM = { name: 'system', role: 'administrator' } as const

/** Loads the file where there are no orders, and sees to it that a plan is in force. */
export async function ensureSamplePlant(planning: Pick<PlanningPart, 'orders' | 'desk'>): Promise<void> {
  if ((await planning.orders.list()).length === 0 && existsSync(FILE)) {
    await planning.desk.importPlant(readFileSync(FILE, 'utf8'), SYSTEM, 'sample plant', 'sample-plant.json')
  }
  await planning.desk.ensurePlan()
}
