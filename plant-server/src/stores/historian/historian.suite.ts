/** The whole contract of a historian: what any implementation must keep. */
import { readingStoreSuite } from './readings.suite.ts'
import type { Open } from './rig.suite.ts'
import { rollupSuite } from './rollups.suite.ts'
import { type UpkeepHelp, upkeepSuite } from './upkeep.suite.ts'

/** @param open opens or creates the historian of a folder */
export function historianSuite(name: string, open: Open, help: UpkeepHelp): void {
  readingStoreSuite(name, open)
  rollupSuite(name, open)
  upkeepSuite(name, open, help)
}
