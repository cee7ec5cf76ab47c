import type { AuditRecords } from '../../stores/audit.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createAuditHandlers = (audit: AuditRecords): SomeHandlers<'listAudit' | 'verifyAudit'> => ({
  listAudit: ({ query }) => audit.list(query.limit ?? 100, query.before),
  verifyAudit: () => audit.verify(),
})
