/** The PLC workshop: drafts from words, and programs kept by version with what the gate found. */
import { createHash } from 'node:crypto'
import { type Clock, canonicalJson, type PlcProgram, ProblemError } from '@millwright/contract'
import type { Caller } from '../../http/handlers.ts'
import type { Audit, NewId } from '../../ports.ts'
import type { PlcProgramRecords } from '../../stores/plc-programs.ts'
import type { PlcDraft, PlcDrafter } from '../ports.ts'

export interface SaveRequest {
  readonly name: string
  readonly st: string
  readonly specification: unknown
  readonly reason: string
}

export interface Workshop {
  draft(text: string, previous: unknown): Promise<PlcDraft>
  list(): Promise<PlcProgram[]>
  /** Keeps a version. It is green only where the gate finds it so now; `mustBeGreen` refuses any other with MW-5008. */
  save(request: SaveRequest, caller: Pick<Caller, 'name' | 'role'>, mustBeGreen?: boolean): Promise<PlcProgram>
}

export function createWorkshop(deps: {
  readonly drafter: PlcDrafter
  readonly records: PlcProgramRecords
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
}): Workshop {
  return {
    draft: (text, previous) => deps.drafter.draft(text, previous),
    list: () => deps.records.newest(),
    async save({ name, st, specification, reason }, caller, mustBeGreen = false) {
      const { green, evidence, problems } = await deps.drafter.gate(st, specification)
      if (mustBeGreen && !green)
        throw new ProblemError({ code: 'MW-5008', place: name, values: { detail: problems.slice(0, 3).join('; ') } })
      const before = (await deps.records.newest()).find(program => program.name === name)
      const saved = await deps.records.add({
        id: deps.newId('plc'),
        name,
        st,
        specification: specification ?? null,
        evidence,
        green,
        author: caller.name,
        createdAt: deps.clock.now(),
        hash: createHash('sha256').update(canonicalJson({ st, specification, evidence })).digest('hex'),
      })
      const brief = (program: PlcProgram | undefined) =>
        program === undefined ? null : { version: program.version, hash: program.hash, green: program.green }
      await deps.audit.record(
        { action: 'plc.save', subject: name, before: brief(before), after: brief(saved), reason },
        caller,
      )
      return saved
    },
  }
}
