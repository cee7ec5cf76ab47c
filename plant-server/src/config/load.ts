/** Reads a configuration: every fault at once, each with its place; secrets from their files; defaults filled in. */
import { readFileSync } from 'node:fs'
import { hostname as osHostname } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failed, ok, type Problem, parser, type Result } from '@millwright/contract'
import { parseDocument } from 'yaml'
import { DEFAULT_IMAGE_RULES, type ImageRules } from '../domain/image-keeping.ts'
import { type BrokerConfig, type Config, ConfigFile } from './schema.ts'

/** The data folder of `npm start`. */
export const DEFAULT_DATA = fileURLToPath(new URL('../../../data', import.meta.url))

const configFile = parser(ConfigFile)

/** `text` as YAML, relative paths seen from `folder`. */
export function parseConfig(text: string, folder: string, place: string): Result<Config, Problem[]> {
  const document = parseDocument(text)
  if (document.errors.length > 0)
    return failed(
      document.errors.map(error => ({ code: 'MW-0104', place, values: { detail: error.message } }) as const),
    )
  let value: unknown
  try {
    value = document.toJS() ?? {}
  } catch (error) {
    // Aliases are followed only here: one that names nothing, or aliases of aliases without end.
    return failed([{ code: 'MW-0104', place, values: { detail: (error as Error).message } }])
  }
  const parsed = configFile.parse(value, `${place}#`)
  if (!parsed.ok) return parsed
  return complete(parsed.value, folder, place)
}

export function loadConfig(path: string): Result<Config, Problem[]> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return failed([{ code: 'MW-0102', place: path, values: { detail: (error as Error).message } }])
  }
  return parseConfig(text, dirname(resolve(path)), path)
}

/** What `mw-plant run` does without a file. */
export const defaultConfig = (): Config => {
  const config = complete({}, dirname(DEFAULT_DATA), 'default')
  if (!config.ok) throw new Error('the default configuration does not stand')
  return config.value
}

function complete(file: ConfigFile, folder: string, place: string): Result<Config, Problem[]> {
  const faults: Problem[] = []
  const secret = (path: string, at: string): string => {
    try {
      const first = readFileSync(resolve(folder, path), 'utf8').split(/\r?\n/)[0]?.trim() ?? ''
      if (first.length >= 8) return first
      faults.push({
        code: 'MW-0101',
        place: `${place}#${at}`,
        values: { detail: `${path} holds no secret of 8 or more` },
      })
    } catch (error) {
      faults.push({ code: 'MW-0102', place: `${place}#${at}`, values: { detail: (error as Error).message } })
    }
    return ''
  }
  const pem = (path: string, at: string): string => {
    try {
      return readFileSync(resolve(folder, path), 'utf8')
    } catch (error) {
      faults.push({ code: 'MW-0102', place: `${place}#${at}`, values: { detail: (error as Error).message } })
      return ''
    }
  }
  const agents = new Map<string, string>()
  for (const [index, { id, secretFile }] of (file.agents ?? []).entries()) {
    if (agents.has(id))
      faults.push({ code: 'MW-0101', place: `${place}#/agents/${index}/id`, values: { detail: `${id} twice` } })
    agents.set(id, secret(secretFile, `/agents/${index}/secretFile`))
  }
  const timeZone = file.timeZone ?? 'Asia/Shanghai'
  if (!isTimeZone(timeZone))
    faults.push({ code: 'MW-0101', place: `${place}#/timeZone`, values: { detail: `no IANA time zone: ${timeZone}` } })
  const config: Config = {
    data: file.data === undefined ? DEFAULT_DATA : resolve(folder, file.data),
    http: { host: file.http?.host ?? '127.0.0.1', port: file.http?.port ?? 8080 },
    broker: brokerOf(file.broker, secret, pem),
    group: file.group ?? 'millwright',
    hostId: file.hostId ?? 'millwright',
    reorderMs: file.reorderMs ?? 2000,
    agents,
    demo: file.demo ?? true,
    timeZone,
    ...(file.history === undefined ? {} : { retention: file.history.retention }),
    ...(file.images === undefined ? {} : { images: imageRules(file.images) }),
    ...(file.opcuaServer === undefined ? {} : { opcuaServer: opcuaServerOf(file.opcuaServer) }),
    ...(file.knowledge === undefined ? {} : { knowledge: resolve(folder, file.knowledge) }),
    ...(file.llm === undefined ? {} : { llm: llmOf(file.llm, secret) }),
  }
  return faults.length > 0 ? failed(faults) : ok(config)
}

type ReadFile = (path: string, at: string) => string
function brokerOf(broker: ConfigFile['broker'], secret: ReadFile, pem: ReadFile): BrokerConfig {
  if (broker === undefined) return { kind: 'embedded', host: '127.0.0.1', port: 1883, persistence: true }
  if ('embedded' in broker) {
    const { host = '127.0.0.1', port, tls, persistence = true } = broker.embedded
    if (tls === undefined) return { kind: 'embedded', host, port, persistence }
    const [cert, key] = [
      pem(tls.certFile, '/broker/embedded/tls/certFile'),
      pem(tls.keyFile, '/broker/embedded/tls/keyFile'),
    ]
    return { kind: 'embedded', host, port, persistence, tls: { cert, key } }
  }
  const { url, user, passwordFile, caFile } = broker
  return {
    kind: 'outside',
    url,
    user,
    password: secret(passwordFile, '/broker/passwordFile'),
    ...(caFile === undefined ? {} : { ca: pem(caFile, '/broker/caFile') }),
  }
}

function opcuaServerOf({ host = '127.0.0.1', port, hostname }: NonNullable<ConfigFile['opcuaServer']>) {
  return { host, port, hostname: hostname ?? (host === '0.0.0.0' || host === '::' ? osHostname() : host) }
}

function llmOf(llm: NonNullable<ConfigFile['llm']>, secret: (path: string, at: string) => string) {
  const { baseUrl, model, apiKeyFile } = llm
  return { baseUrl, model, ...(apiKeyFile === undefined ? {} : { apiKey: secret(apiKeyFile, '/llm/apiKeyFile') }) }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function imageRules(file: NonNullable<ConfigFile['images']>): ImageRules {
  const { maxBytes, keepDays } = DEFAULT_IMAGE_RULES
  return {
    maxBytes: file.maxGb === undefined ? maxBytes : file.maxGb * 2 ** 30,
    keepDays: {
      fail: file.failDays ?? keepDays.fail,
      review: file.reviewDays ?? keepDays.review,
      pass: file.passDays ?? keepDays.pass,
    },
  }
}
