/** The HTTP API of the plant server: the server registers these rows, the HMI and the command lines call them. */
import { Type } from 'typebox'
import { assistantRoutes } from './routes/assistant.ts'
import { controlRoutes } from './routes/control.ts'
import { peopleRoutes } from './routes/people.ts'
import { planningRoutes } from './routes/planning.ts'
import { plantRoutes } from './routes/plant.ts'
import { qualityRoutes } from './routes/quality.ts'

export const routes = {
  ...peopleRoutes,
  ...plantRoutes,
  ...controlRoutes,
  ...qualityRoutes,
  ...planningRoutes,
  ...assistantRoutes,
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes

/** What a refusal looks like, with every 4xx and 5xx status. */
export const ProblemReply = Type.Object({
  code: Type.String(),
  message: Type.Object({ zh: Type.String(), en: Type.String() }),
  place: Type.Optional(Type.String()),
})
