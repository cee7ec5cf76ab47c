/** What a running plant server is made of, for the subjects that build on it. `plant.ts` makes it. */
import type { Clock, ModelInfo } from '@millwright/contract'
import type { SendAudited } from './commands/audited.ts'
import type { Config } from './config/schema.ts'
import type { WriteTag } from './http/routes/commands.ts'
import type { PlanningPart } from './mes/wire.ts'
import type { Commander, NewId } from './ports.ts'
import type { ActionProposals } from './proposals/action-proposals.ts'
import type { Enrolments } from './security/enrolment.ts'
import type { Passwords } from './security/passwords.ts'
import type { Sessions } from './security/sessions.ts'
import type { AlarmRecords } from './stores/alarms.ts'
import type { AuditRecords } from './stores/audit.ts'
import type { CommandRecords } from './stores/commands.ts'
import type { ImageStore } from './stores/images.ts'
import type { InspectionRecords } from './stores/inspections.ts'
import type { LoopRecords } from './stores/loops.ts'
import type { PeopleRecords } from './stores/people.ts'
import type { ReadingStore } from './stores/readings.ts'
import type { RecordsDb } from './stores/records.ts'
import type { LiveHub } from './stream/hub.ts'
import type { LiveValues } from './stream/live-values.ts'
import type { Agents } from './tags/agents.ts'
import type { TagRegistry } from './tags/registry.ts'

export interface Parts {
  readonly config: Config
  readonly version: string
  readonly timeZone: string
  readonly clock: Clock
  readonly newId: NewId
  /** Records for repositories in `stores/`. */
  readonly db: RecordsDb
  readonly readings: ReadingStore
  readonly images: ImageStore
  readonly people: PeopleRecords
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly audit: AuditRecords
  readonly tags: TagRegistry
  readonly live: LiveValues
  readonly agents: Agents
  readonly enrolments: Enrolments
  readonly alarms: AlarmRecords
  readonly loops: LoopRecords
  readonly inspections: InspectionRecords
  readonly commands: CommandRecords
  readonly commander: Commander
  /** Commander with its audit records. */
  readonly send: SendAudited
  readonly writeTag: WriteTag
  readonly hub: LiveHub
  /** Create proposals, and register what executes a kind. */
  readonly proposals: ActionProposals
  /** Orders and plans. */
  readonly planning: PlanningPart
  /** Knowledge documents by file name. */
  readonly knowledge: ReadonlyMap<string, string>
  readonly models: () => Promise<ModelInfo[]>
  readonly imageStored: (sha256: string) => void
}
