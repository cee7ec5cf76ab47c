/** The PLC workshop. */
import type { Workshop } from '../../assistant/plc/workshop.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createPlcHandlers = (
  workshop: Workshop,
): SomeHandlers<'listPlcPrograms' | 'savePlcProgram' | 'draftPlc'> => ({
  listPlcPrograms: () => workshop.list(),
  savePlcProgram: ({ body }, caller) => workshop.save(body, caller),
  async draftPlc({ body }) {
    const draft = await workshop.draft(body.text, body.previous)
    // Words that give no program: the page says so, with what is missing.
    return draft.understood ? draft.full : { understood: false, notes: draft.notes }
  },
})
