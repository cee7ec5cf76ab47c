/** The source for an entry of the agent's file. A new kind of device is one more line here. */
import { join } from 'node:path'
import type { Clock } from '@millwright/contract'
import type { AgentConfig, SourceConfig } from '../config/schema.ts'
import type { CameraConfig } from '../config/sources/camera.ts'
import type { ModbusLines } from './modbus/lines.ts'
import type { Source } from './source.ts'

export interface SourceDeps {
  readonly config: AgentConfig
  readonly readPassword: (file: string) => string
  readonly clock: Clock
  readonly random: () => number
  readonly camera: (config: CameraConfig) => Source
  /** Of all Modbus sources together: those at one address share a connection. */
  readonly modbusLines: ModbusLines
}

/** Loads only the protocol that is used. */
export async function createSource(source: SourceConfig, deps: SourceDeps): Promise<Source> {
  const { config, modbusLines, ...rest } = deps
  const tags = (config.tags ?? []).filter(tag => tag.source === source.id)
  switch (source.kind) {
    case 'opcua': {
      const { createOpcuaSource } = await import('./opcua/opcua-source.ts')
      return createOpcuaSource({
        ...rest,
        config: source,
        tags,
        pki: join(config.data, 'pki'),
        applicationName: `Millwright-${config.agent}`,
      })
    }
    case 'modbus': {
      const { createModbusSource } = await import('./modbus/modbus-source.ts')
      return createModbusSource({ ...rest, config: source, tags, line: modbusLines.of(source) })
    }
    case 'camera':
      return deps.camera(source)
  }
}
