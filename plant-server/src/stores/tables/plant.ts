/** What edge agents tell: tags, alarms, loops, proposals, inspections; and the commands sent to them. */
import type { Generated } from 'kysely'
import type { Migration } from './migration.ts'

export interface TagTable {
  tag: string
  agent: string
  device: string
  /** TagDefinition as JSON. */
  definition: string
  seen_at: number
}

/** Events that are stored already: storing one again is harmless. Rows go once the historian's marks cover them. */
export interface EventMarkTable {
  agent: string
  seq: number
}

/** Messages that could not be used, newest thousand, for the person who looks for the cause. */
export interface DeadLetterTable {
  id: Generated<number>
  t: number
  topic: string
  code: string
  detail: string
}

export interface AlarmTable {
  alarm: string
  agent: string
  state: string
  /** Alarm as JSON. */
  body: string
  /** Sequence of the event behind it: after an outage older events come after newer ones. */
  seq: number
  changed_at: number
}

export interface AlarmJournalTable {
  id: Generated<number>
  alarm: string
  t: number
  from_state: string
  to_state: string
  by: string | null
  /** LocalText as JSON. */
  message: string
}

export interface CommandTable {
  id: string
  agent: string
  issued_at: number
  /** Command and CommandResult as JSON. */
  body: string
  result: string
}

export interface LoopTable {
  loop: string
  agent: string
  body: string
  seq: number
}

export interface ForecastTable {
  loop: string
  t: number
  body: string
}

export interface SetpointProposalTable {
  id: string
  loop: string
  t: number
  state: string
  expires_at: number
  body: string
  seq: number
}

export interface InspectionTable {
  id: string
  agent: string
  station: string
  t: number
  sha256: string
  lot: string
  /** The machine's verdict: pass, fail or review. */
  verdict: string
  /** 1 where the capture could not be judged. */
  error: number
  /** InspectionEvent as JSON. */
  body: string
  /** Review as JSON, null until a person has judged. */
  review: string | null
}

export interface ActionProposalTable {
  id: string
  kind: string
  state: string
  created_at: number
  expires_at: number
  /** ActionProposal as JSON; `state` and `outcome` there follow the column. */
  body: string
}

export interface PlantTables {
  tag: TagTable
  event_mark: EventMarkTable
  dead_letter: DeadLetterTable
  alarm: AlarmTable
  alarm_journal: AlarmJournalTable
  command: CommandTable
  loop: LoopTable
  forecast: ForecastTable
  setpoint_proposal: SetpointProposalTable
  inspection: InspectionTable
  action_proposal: ActionProposalTable
}

export const plantMigrations: readonly Migration[] = [
  {
    id: 'plant-1',
    sql: `
      CREATE TABLE tag (
        tag TEXT PRIMARY KEY, agent TEXT NOT NULL, device TEXT NOT NULL, definition TEXT NOT NULL, seen_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE event_mark (agent TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (agent, seq)) STRICT, WITHOUT ROWID;
      CREATE TABLE dead_letter (
        id INTEGER PRIMARY KEY, t INTEGER NOT NULL, topic TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL
      ) STRICT;
      CREATE TABLE alarm (
        alarm TEXT PRIMARY KEY, agent TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, changed_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE alarm_journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT, alarm TEXT NOT NULL, t INTEGER NOT NULL, from_state TEXT NOT NULL,
        to_state TEXT NOT NULL, by TEXT, message TEXT NOT NULL
      ) STRICT;
      CREATE INDEX alarm_journal_alarm ON alarm_journal (alarm, id);
      CREATE TABLE command (
        id TEXT PRIMARY KEY, agent TEXT NOT NULL, issued_at INTEGER NOT NULL, body TEXT NOT NULL, result TEXT NOT NULL
      ) STRICT;
      CREATE INDEX command_issued ON command (issued_at);
      CREATE TABLE loop (loop TEXT PRIMARY KEY, agent TEXT NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE TABLE forecast (loop TEXT PRIMARY KEY, t INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE TABLE setpoint_proposal (
        id TEXT PRIMARY KEY, loop TEXT NOT NULL, t INTEGER NOT NULL, state TEXT NOT NULL, expires_at INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX setpoint_proposal_t ON setpoint_proposal (t);
      CREATE TABLE inspection (
        id TEXT PRIMARY KEY, agent TEXT NOT NULL, station TEXT NOT NULL, t INTEGER NOT NULL, sha256 TEXT NOT NULL,
        lot TEXT NOT NULL, verdict TEXT NOT NULL, error INTEGER NOT NULL, body TEXT NOT NULL, review TEXT
      ) STRICT;
      CREATE INDEX inspection_t ON inspection (t);
      CREATE INDEX inspection_lot ON inspection (lot, t);
      CREATE TABLE action_proposal (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX action_proposal_state ON action_proposal (state, created_at);`,
  },
  {
    id: 'plant-2',
    sql: `
      ALTER TABLE alarm ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE loop ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE setpoint_proposal ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;`,
  },
  {
    id: 'plant-3',
    sql: 'CREATE INDEX inspection_sha256 ON inspection (sha256);',
  },
]
