export { type CheckOptions, checkSources } from './check/check-sources.ts'
export { format } from './print/format.ts'
