/** Structured Text: parse, check, run, print, draft. Pure; runs in Node and in the browser. */
export { type CheckOptions, checkSources } from './check/check-sources.ts'
export type { Diagnostic } from './check/diagnostics.ts'
export type { RuleSettings } from './check/rules/configuration.ts'
export { type Behaviour, compareBehaviour } from './compare/behaviour.ts'
export { type BodyChange, compareTexts, type ItemChange } from './compare/compare.ts'
export { type Exchanged, ExchangeFault, type Loss, type NamedText } from './exchange/exchange.ts'
export {
  type ExchangeFormat,
  type ExportOptions,
  exchangeFormats,
  exportFiles,
  importFiles,
} from './exchange/exchange-files.ts'
export type { Chart } from './generate/chart.ts'
export {
  type Draft,
  type DraftOptions,
  draft,
  type Evidence,
  evidenceText,
  MAIN,
  type Verdict,
  type Writer,
} from './generate/draft.ts'
export { draftByModel, type ModelDraft, type ModelWriter, type Round } from './generate/model-writer.ts'
export type { PumpSettings } from './generate/patterns/pump-alternation/settings.ts'
export { type RequestProblem, type Understanding, understandRequest } from './generate/request/understand.ts'
export type { ScenarioResult } from './generate/run-scenario.ts'
export {
  type Alarm,
  canonicalJson,
  type Parameter,
  type Scenario,
  type ScenarioStep,
  type Sentence,
  type Signal,
  type Specification,
  type Timing,
  type Words,
} from './generate/specification.ts'
export { format } from './print/format.ts'
export { printText } from './print/structured-text.ts'
export {
  type Language,
  type ProblemCode,
  type ProblemRow,
  problemTable,
  problemText,
  type Severity,
} from './problems.ts'
export type { PropertySpec } from './prove/property.ts'
export { type PropertyAnswer, type VerdictKind, type VerifyOptions, type VerifyResult, verify } from './prove/verify.ts'
export {
  type Coverage,
  type Loaded,
  type LoadedProgram,
  type LoadOptions,
  loadProgram,
  type NotLoaded,
  type Running,
  type TrapReport,
} from './run/program.ts'
export {
  runScenarios,
  type ScenarioAnswer,
  type ScenarioFile,
  type ScenarioText,
  scenarioFaults,
} from './run/scenarios.ts'
export { runTrace, type Trace, type TraceAnswer, type TraceResult, traceFaults } from './run/trace.ts'
export { type Completion, type Completions, complete } from './services/complete.ts'
export { type Definition, definition } from './services/definition.ts'
export { type Hover, hover } from './services/hover.ts'
export { type Dialect, recogniseDialect } from './syntax/dialect.ts'
export { type Parsed, parse as parseText } from './syntax/parser.ts'
export { type HighlightKind, type HighlightToken, tokenize } from './syntax/tokenize.ts'
export type { Unit } from './syntax/tree.ts'
