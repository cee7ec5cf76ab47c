/** All stores of a data folder, opened together and closed together. */
import { join } from 'node:path'
import type { Clock } from '@millwright/contract'
import { createActionProposalRecords } from './action-proposals.ts'
import { createAgentRecords } from './agents.ts'
import { createAlarmRecords } from './alarms.ts'
import { createAuditRecords } from './audit.ts'
import { createCommandRecords } from './commands.ts'
import { createDeadLetterRecords } from './dead-letters.ts'
import { openDuckDbReadings } from './duckdb-readings.ts'
import { openImages } from './images.ts'
import { createInspectionRecords } from './inspections.ts'
import { createLoopRecords } from './loops.ts'
import { createPeopleRecords } from './people.ts'
import { openRecords } from './records.ts'
import { createTagRecords } from './tags.ts'

export type Stores = Awaited<ReturnType<typeof openStores>>

/** @param onFault told of house-keeping that failed and will be tried again */
export async function openStores(folder: string, clock: Clock, onFault: (error: unknown) => void = () => undefined) {
  const records = openRecords(join(folder, 'records.db'))
  const readings = await openDuckDbReadings(join(folder, 'history.duckdb'), { onFault })
  const { db } = records
  return {
    db,
    readings,
    images: await openImages(join(folder, 'images'), clock.now),
    people: createPeopleRecords(db),
    audit: createAuditRecords(db, clock),
    agentRecords: createAgentRecords(db),
    tagRecords: createTagRecords(db),
    alarms: createAlarmRecords(db),
    loops: createLoopRecords(db),
    inspections: createInspectionRecords(db),
    commands: createCommandRecords(db),
    actionProposals: createActionProposalRecords(db),
    deadLetters: createDeadLetterRecords(db),
    async close() {
      await readings.close()
      await records.close()
    },
  }
}
