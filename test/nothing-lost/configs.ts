/** Configuration files of the parts. JSON is YAML too. */
import { writeFileSync } from 'node:fs'
import { AGENT, nodeName, STATION, tagName } from './names.ts'

export interface AgentFile {
  readonly path: string
  readonly data: string
  readonly captures: string
  readonly opcuaPort: number
  readonly mqttPort: number
  readonly httpPort: number
  readonly secretFile: string
  readonly tags: number
  readonly group?: string
  /** Name of a tag below the agent's; undefined: the tag is not in the file. */
  readonly nameOf?: (index: number) => string | undefined
}

export function writeAgentFile(file: AgentFile): void {
  const config = {
    agent: AGENT,
    group: file.group ?? 'millwright',
    data: file.data,
    server: {
      mqtt: `mqtt://127.0.0.1:${file.mqttPort}`,
      http: `http://127.0.0.1:${file.httpPort}`,
      passwordFile: file.secretFile,
    },
    // As a line sets it whose last second counts: on the disk soon after it is published.
    outbox: { maxMb: 4096, commitMs: 75 },
    sources: [
      {
        id: 'plc',
        kind: 'opcua',
        endpoint: `opc.tcp://127.0.0.1:${file.opcuaPort}`,
        security: { policy: 'None', mode: 'None' },
        trust: 'demo',
        samplingMs: 0,
        publishingMs: 100,
        queueSize: 100,
      },
      { id: 'camera', kind: 'camera', folder: file.captures, station: STATION, after: 'delete' },
    ],
    tags: Array.from({ length: file.tags }, (_, index) => index).flatMap(index => {
      const name = (file.nameOf ?? tagName)(index)
      if (name === undefined) return []
      const description = { zh: nodeName(index), en: nodeName(index) }
      return [{ name, source: 'plc', address: `ns=1;s=${nodeName(index)}`, type: 'float', description }]
    }),
  }
  writeFileSync(file.path, JSON.stringify(config))
}

export type BrokerChoice =
  | { readonly embedded: { readonly port: number } }
  | { readonly url: string; readonly user: string; readonly passwordFile: string }

export function writeServerFile(file: {
  readonly path: string
  readonly data: string
  readonly httpPort: number
  readonly broker: BrokerChoice
  readonly secretFile: string
  readonly group?: string
}): void {
  const config = {
    data: file.data,
    http: { host: '127.0.0.1', port: file.httpPort },
    broker: file.broker,
    group: file.group ?? 'millwright',
    agents: [{ id: AGENT, secretFile: file.secretFile }],
    demo: false,
  }
  writeFileSync(file.path, JSON.stringify(config))
}

export const mosquittoFile = (port: number, data: string): string =>
  [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    // Started by root it would drop to a user who may not write here.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    'persistence true',
    `persistence_location ${data}/`,
    'autosave_interval 5',
    'log_type error',
    'log_type warning',
    '',
  ].join('\n')
