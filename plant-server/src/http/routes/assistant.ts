/** Questions, and the tools the assistant may use for the asker. */
import type { Assistant } from '../../assistant/assistant.ts'
import { toolsFor } from '../../assistant/tools/registry.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createAssistantHandlers = (assistant: Assistant): SomeHandlers<'ask' | 'listTools'> => ({
  ask: ({ body }, caller) => assistant.ask(body.question, caller, { lang: body.lang, conversation: body.conversation }),
  listTools: async (_input, caller) =>
    toolsFor(caller).map(({ name, description, effect, roles, schema }) => ({
      name,
      description,
      effect,
      roles: [...roles],
      schema,
    })),
})
