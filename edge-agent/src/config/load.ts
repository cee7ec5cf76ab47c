/** Reads an agent's file: every fault at once, each with place and remedy, or the configuration with its defaults. */
import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { failed, ok, type Problem, type Result } from '@millwright/contract'
import { Value } from 'typebox/value'
import { type Document, LineCounter, parseDocument, visit } from 'yaml'
import { type Environment, substitute } from './environment.ts'
import { meaningFaults } from './meaning-faults.ts'
import { createPlaces, type Places } from './place.ts'
import { type AgentConfig, OutboxConfig, ServerConfig, SOURCE_SCHEMAS, type SourceConfig, TagConfig } from './schema.ts'
import { schemaFaults } from './schema-faults.ts'
import type { PushConfig } from './sources/camera.ts'
import type { OpcuaConfig } from './sources/opcua.ts'

export function loadConfig(file: string, environment: Environment): Result<AgentConfig, Problem[]> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return failed([{ code: 'MW-0102', place: file, values: { detail: messageOf(error) } }])
  }
  return parseConfig(text, file, environment)
}

/** `file` names the place of faults, and the folder that relative paths start from. */
export function parseConfig(text: string, file: string, environment: Environment): Result<AgentConfig, Problem[]> {
  return fineJson(text, file) ?? parseYaml(text, file, environment)
}

/** Lines of a machine-made JSON file are worth knowing only where something is wrong with them: without, it is read at once. */
function fineJson(text: string, file: string): Result<AgentConfig, Problem[]> | undefined {
  if (!text.startsWith('{') || text.includes('${')) return undefined
  const nowhere: Places = { at: () => '', line: () => '' }
  try {
    const value: unknown = JSON.parse(text)
    if (schemaFaults(value, nowhere).length > 0) return undefined
    const config = withDefaults(value as AgentConfig, dirname(resolve(file)))
    return meaningFaults(config, nowhere).length > 0 ? undefined : ok(config)
  } catch {
    return undefined
  }
}

function parseYaml(text: string, file: string, environment: Environment): Result<AgentConfig, Problem[]> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const places = createPlaces(file, document, lines)
  if (document.errors.length > 0)
    return failed(
      document.errors.map(({ message, pos }) => ({
        code: 'MW-0104',
        place: places.line(pos[0]),
        values: { detail: message },
      })),
    )
  const unset = substitute(document, environment, places.line)
  // Where a variable is missing, what its place holds says nothing of the file.
  if (unset.length > 0) return failed(unset)
  const plain = plainOf(document, file, places)
  if (!plain.ok) return plain
  const { value } = plain
  const faults = schemaFaults(value, places)
  if (faults.length > 0) return failed(faults)
  const config = withDefaults(value as AgentConfig, dirname(resolve(file)))
  const wrong = meaningFaults(config, places)
  return wrong.length > 0 ? failed(wrong) : ok(config)
}

/** Aliases are followed only here: one that names nothing, and aliases of aliases without end, are faults of the file. */
function plainOf(document: Document, file: string, places: Places): Result<unknown, Problem[]> {
  try {
    return ok(document.toJS() as unknown)
  } catch (error) {
    let place = file
    visit(document, {
      Alias(_, node) {
        if (node.resolve(document) !== undefined) return undefined
        place = places.line(node.range?.[0] ?? 0)
        return visit.BREAK
      },
    })
    return failed([{ code: 'MW-0104', place, values: { detail: messageOf(error) } }])
  }
}

function withDefaults(config: AgentConfig, folder: string): AgentConfig {
  const path = (name: string) => (isAbsolute(name) ? name : resolve(folder, name))
  const { server } = config
  const filled = Value.Default(ServerConfig, server) as ServerConfigType
  return {
    ...config,
    data: path(config.data),
    server: {
      ...filled,
      ...(server.passwordFile === undefined ? {} : { passwordFile: path(server.passwordFile) }),
      ...(server.caFile === undefined ? {} : { caFile: path(server.caFile) }),
    },
    sources: config.sources.map(source => sourceDefaults(source, path)),
    tags: (config.tags ?? []).map(tag => Value.Default(TagConfig, tag) as TagConfig),
    outbox: Value.Default(OutboxConfig, config.outbox ?? {}) as NonNullable<AgentConfig['outbox']>,
  }
}
type ServerConfigType = AgentConfig['server']

function sourceDefaults(source: SourceConfig, path: (name: string) => string): SourceConfig {
  const filled = Value.Default(SOURCE_SCHEMAS[source.kind], source) as SourceConfig
  switch (filled.kind) {
    case 'opcua':
      return filled.user ? { ...filled, user: userFiles(filled.user, path) } : filled
    case 'camera':
      return {
        ...filled,
        ...(filled.folder === undefined ? {} : { folder: path(filled.folder) }),
        ...(filled.push === undefined ? {} : { push: pushFiles(filled.push, path) }),
        ...(filled.recipe === undefined ? {} : { recipe: path(filled.recipe) }),
      }
    case 'modbus':
      return filled
  }
}

function pushFiles(push: PushConfig, path: (name: string) => string): PushConfig {
  const { tls } = push
  return {
    ...push,
    tokenFile: path(push.tokenFile),
    ...(tls === undefined ? {} : { tls: { certFile: path(tls.certFile), keyFile: path(tls.keyFile) } }),
  }
}

function userFiles(user: NonNullable<OpcuaConfig['user']>, path: (name: string) => string): typeof user {
  const files = ['passwordFile', 'certificateFile', 'privateKeyFile'] as const
  const found = files.flatMap(key => (user[key] === undefined ? [] : [[key, path(user[key])] as const]))
  return { ...user, ...Object.fromEntries(found) }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
