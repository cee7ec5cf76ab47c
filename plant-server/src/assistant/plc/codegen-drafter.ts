/** The drafter over the real `@millwright/plc-codegen`. */
import { checkSources, draft, type Specification, understandRequest } from '@millwright/plc-codegen'
import type { PlcDrafter } from '../ports.ts'
import { createPlcDrafter } from './drafter.ts'

export const codegenDrafter = (): PlcDrafter =>
  createPlcDrafter<Specification>({
    understandRequest,
    draft,
    checkSources: (sources, options) => checkSources([...sources], options),
  })
