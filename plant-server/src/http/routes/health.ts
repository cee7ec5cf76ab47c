import type { SomeHandlers } from '../handlers.ts'

export const createHealthHandlers = ({ version }: { version: string }): SomeHandlers<'health'> => ({
  health: async () => ({ status: 'ok', version }),
})
