/** What other rooms may use of the edge agent: to run one inside a test or a tool. */
export { type Agent, type AgentDeps, createAgent } from './agent.ts'
export { limitsGuard } from './commands/limits-guard.ts'
export { loadConfig, parseConfig } from './config/load.ts'
export { AgentConfig } from './config/schema.ts'
export type { Guard, WriteRequest } from './ports/guard.ts'
export type { Inspector } from './ports/inspector.ts'
export type { CommandOutcome, LoopPorts, LoopRunner } from './ports/loop-runner.ts'
export { openMqtt } from './uplink/mqtt-link.ts'
