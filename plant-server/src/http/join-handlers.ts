/** All subjects' handlers in one list; the types check that no row of the contract is without one. */
import type { Problem } from '@millwright/contract'
import { codegenDrafter } from '../assistant/plc/codegen-drafter.ts'
import { wireQualityAndAssistant } from '../assistant/wiring.ts'
import type { Parts } from '../parts.ts'
import type { Handlers } from './handlers.ts'
import { createActionProposalHandlers } from './routes/action-proposals.ts'
import { createAgentHandlers } from './routes/agents.ts'
import { createAlarmHandlers } from './routes/alarms.ts'
import { createAuditHandlers } from './routes/audit.ts'
import { createCommandHandlers } from './routes/commands.ts'
import { createHealthHandlers } from './routes/health.ts'
import { createImageHandlers } from './routes/images.ts'
import { createInspectionHandlers } from './routes/inspections.ts'
import { createLoopHandlers } from './routes/loops.ts'
import { createModelHandlers } from './routes/models.ts'
import { createPlanningHandlers } from './routes/planning.ts'
import { createSessionHandlers } from './routes/session.ts'
import { createTagHandlers } from './routes/tags.ts'
import { createUserHandlers } from './routes/users.ts'

/** @param onProblem told of what a subject met and went on without: a document it cannot read, a model that is silent */
export function joinHandlers(parts: Parts, onProblem: (problem: Problem) => void): Handlers {
  const now = () => parts.clock.now()
  return {
    ...createHealthHandlers(parts),
    ...createSessionHandlers(parts),
    ...createUserHandlers({ ...parts, now }),
    ...createAuditHandlers(parts.audit),
    ...createTagHandlers(parts),
    ...createAlarmHandlers(parts),
    ...createAgentHandlers(parts),
    ...createCommandHandlers(parts),
    ...createLoopHandlers({ ...parts, now }),
    ...createInspectionHandlers(parts.inspections),
    ...createImageHandlers({ images: parts.images, onStored: parts.imageStored }),
    ...createModelHandlers(parts.models),
    ...createActionProposalHandlers(parts.proposals),
    ...createPlanningHandlers(parts.planning),
    ...wireQualityAndAssistant(parts, { plc: codegenDrafter(), onProblem }),
  }
}
