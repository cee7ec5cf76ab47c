/** Faults that only show between the lines: names, references, addresses, orders of limits. */
import type { Problem } from '@millwright/contract'
import { parseModbusAddress } from '../sources/modbus/address.ts'
import { parseNodeAddress } from '../sources/opcua/node-address.ts'
import type { Places } from './place.ts'
import type { AgentConfig, SourceConfig, TagConfig } from './schema.ts'
import { type CameraConfig, cameraFaults } from './sources/camera.ts'
import { type ModbusConfig, modbusFaults } from './sources/modbus.ts'
import { stationFaults } from './station-faults.ts'

export function meaningFaults(config: AgentConfig, places: Places): Problem[] {
  const tags = config.tags ?? []
  return [
    ...doubles(
      config.sources.map(({ id }) => id),
      index => places.at(['sources', index, 'id']),
    ),
    ...doubles(
      tags.map(({ name }) => name),
      index => places.at(['tags', index, 'name']),
    ),
    ...reservedNames(config, places),
    ...tags.flatMap((tag, index) => tagFaults(tag, config.sources, key => places.at(['tags', index, ...key]))),
    ...(config.stations ?? []).flatMap((station, index) =>
      stationFaults(station, config, key => places.at(['stations', index, ...key])),
    ),
    ...config.sources.flatMap((source, index) =>
      sourceFaults(source, config.sources, tags, key => places.at(['sources', index, ...key])),
    ),
  ]
}

function doubles(names: readonly string[], place: (index: number) => string): Problem[] {
  const seen = new Set<string>()
  return names.flatMap((name, index) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [{ code: 'MW-1104', place: place(index), values: { name } } as const]
  })
}

/** `agent` is the device and prefix of the agent's own tags. */
function reservedNames({ sources, tags = [] }: AgentConfig, places: Places): Problem[] {
  const problem = (place: string, wanted: string): Problem => ({
    code: 'MW-1108',
    place,
    values: { detail: 'the name "agent" is kept for what the agent says of itself', wanted },
  })
  return [
    ...sources.flatMap(({ id }, i) => (id === 'agent' ? [problem(places.at(['sources', i, 'id']), 'another id')] : [])),
    ...tags.flatMap(({ name }, i) =>
      name.startsWith('agent/') ? [problem(places.at(['tags', i, 'name']), 'another name')] : [],
    ),
  ]
}

function tagFaults(tag: TagConfig, sources: readonly SourceConfig[], place: (key: string[]) => string): Problem[] {
  const source = sources.find(({ id }) => id === tag.source)
  if (source === undefined)
    return [
      {
        code: 'MW-1102',
        place: place(['source']),
        values: { name: tag.source, known: sources.map(({ id }) => id).join(', ') },
      },
    ]
  return [...addressFaults(tag, source, place), ...orderFaults(tag, place)]
}

function addressFaults(tag: TagConfig, source: SourceConfig, place: (key: string[]) => string): Problem[] {
  const { address } = tag
  const fault = (detail: string, example: string): Problem[] => [
    { code: 'MW-1103', place: place(['address']), values: { address, detail, example } },
  ]
  if (tag.field !== undefined && source.kind !== 'opcua')
    return [
      {
        code: 'MW-1108',
        place: place(['field']),
        values: { detail: 'only values of OPC UA have fields', wanted: 'an address of its own' },
      },
    ]
  switch (source.kind) {
    case 'opcua': {
      const parsed = parseNodeAddress(address)
      return parsed.ok ? [] : fault(parsed.fault, 'nsu=urn:plant;s=Dryer.OutletMoisture')
    }
    case 'modbus': {
      const parsed = parseModbusAddress(address, source.order ?? 'abcd')
      if (!parsed.ok) return fault(parsed.fault, 'holding:10:float32@abcd')
      const readOnly = parsed.value.table === 'input' || parsed.value.table === 'discrete'
      return readOnly && tag.writable !== undefined
        ? fault('input registers and discrete inputs cannot be written', 'holding:10:float32')
        : []
    }
    case 'camera':
      return fault('a camera has no tags', 'a source of kind opcua or modbus')
  }
}

function orderFaults(tag: TagConfig, place: (key: string[]) => string): Problem[] {
  const rising = (key: string, ...values: (number | undefined)[]): Problem[] => {
    const given = values.filter(value => value !== undefined)
    const fine = given.every((value, index) => index === 0 || given[index - 1]! <= value)
    return fine ? [] : [{ code: 'MW-1106', place: place([key]), values: { detail: given.join(' > ') } }]
  }
  const { range, limits, writable } = tag
  const step =
    tag.scale === 0
      ? [
          {
            code: 'MW-1108',
            place: place(['scale']),
            values: { detail: 'a scale of 0 makes every value 0', wanted: 'scale: 1' },
          } as const,
        ]
      : []
  return [
    ...(range ? rising('range', range.low, range.high) : []),
    ...(limits ? rising('limits', limits.lolo, limits.lo, limits.hi, limits.hihi) : []),
    ...(writable ? rising('writable', writable.low, writable.high) : []),
    ...step,
  ]
}

function sourceFaults(
  source: SourceConfig,
  sources: readonly SourceConfig[],
  tags: readonly TagConfig[],
  place: (key: (string | number)[]) => string,
): Problem[] {
  if (source.kind === 'modbus') {
    const others = sources.filter((other): other is ModbusConfig => other.kind === 'modbus')
    return modbusFaults(source, others, place)
  }
  if (source.kind === 'camera') {
    const others = sources.filter((other): other is CameraConfig => other.kind === 'camera')
    return cameraFaults(source, others, place)
  }
  if (source.kind !== 'opcua') return []
  const { security, alarms } = source
  const none = [security?.policy ?? 'None', security?.mode ?? 'None'].filter(value => value === 'None').length
  const odd: Problem[] =
    none === 1
      ? [
          {
            code: 'MW-1108',
            place: place(['security']),
            values: {
              detail: 'policy and mode are None together or not at all',
              wanted: '{ policy: Aes256_Sha256_RsaPss, mode: SignAndEncrypt }',
            },
          },
        ]
      : []
  const { user } = source
  const identities = [user?.name !== undefined, user?.certificateFile !== undefined].filter(Boolean).length
  const pairs = (user?.certificateFile === undefined) === (user?.privateKeyFile === undefined)
  const who: Problem[] =
    user === undefined || (identities === 1 && pairs && (user.name !== undefined || user.passwordFile === undefined))
      ? []
      : [
          {
            code: 'MW-1108',
            place: place(['user']),
            values: {
              detail: 'a user is a name with a passwordFile, or a certificateFile with its privateKeyFile',
              wanted: '{ name: millwright, passwordFile: ./plc.secret }',
            },
          },
        ]
  const unknown = (Array.isArray(alarms) ? alarms : []).flatMap((alarm, index): Problem[] =>
    alarm.tag !== undefined && !tags.some(({ name }) => name === alarm.tag)
      ? [
          {
            code: 'MW-1108',
            place: place(['alarms', index, 'tag']),
            values: { detail: `there is no tag "${alarm.tag}"`, wanted: 'the name of a tag in this file' },
          },
        ]
      : [],
  )
  return [...odd, ...who, ...unknown]
}
