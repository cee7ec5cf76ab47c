/**
 * The plant as an OPC UA server for other systems, read-only:
 *
 *   Objects/Plant ─ equipment (ISA-95) ─ tags with their live values
 *                                      └ ResultManagement (machine vision) ─ inspections, events
 *
 * SignAndEncrypt only; clients' certificates must be trusted, people sign in with their names. ADR 0041.
 */
import { join } from 'node:path'
import { type Clock, type Equipment, type Inspection, ProblemError, type TagDefinition } from '@millwright/contract'
import {
  MessageSecurityMode,
  nodesets,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  setDebugLogger,
  setErrorLogger,
  setWarningLogger,
  UserTokenType,
} from 'node-opcua'
import type { OpcuaServerConfig } from '../config/schema.ts'
import type { LiveHub } from '../stream/hub.ts'
import type { LiveValues } from '../stream/live-values.ts'
import { createEquipmentTree } from './equipment-tree.ts'
import { createResults } from './results.ts'
import { createSignIn, type SignInDeps } from './sign-in.ts'
import { createTagVariables } from './tag-variables.ts'

export const PLANT_URI = 'urn:millwright:plant-server'

export interface OpcuaServerDeps {
  readonly config: OpcuaServerConfig
  /** Folder of certificates, own key and trust list. */
  readonly pki: string
  readonly version: string
  readonly tags: { all(): TagDefinition[]; get(tag: string): TagDefinition | undefined }
  readonly live: Pick<LiveValues, 'get'>
  readonly hub: Pick<LiveHub, 'onValues' | 'onEvent'>
  readonly equipment: () => Promise<readonly Equipment[]>
  readonly inspections: {
    get(id: string): Promise<Inspection | undefined>
    list(query: { limit: number }): Promise<readonly Inspection[]>
  }
  readonly verify: SignInDeps['verify']
  readonly clock: Clock
  readonly log: { warn(fields: object, text: string): void; info(fields: object, text: string): void }
}

export interface PlantOpcuaServer {
  readonly endpoint: string
  stop(): Promise<void>
}

const MOST_SESSIONS = 50
/** Inspections that stand in the address space from the start. */
const FIRST_RESULTS = 200

export async function startOpcuaServer(deps: OpcuaServerDeps): Promise<PlantOpcuaServer> {
  const { config, clock, log } = deps
  // The library writes to stdout, which is for machines.
  for (const set of [setDebugLogger, setErrorLogger, setWarningLogger]) set(() => {})
  const certificates = new OPCUACertificateManager({
    rootFolder: deps.pki,
    automaticallyAcceptUnknownCertificate: false,
  })
  await certificates.initialize()
  const signIn = createSignIn({
    verify: deps.verify,
    clock,
    onRefused: name => log.warn({ code: 'MW-2003', name }, 'OPC UA sign-in refused'),
  })
  const server = new OPCUAServer({
    port: config.port,
    host: config.host,
    hostname: config.hostname,
    alternateHostname: [config.hostname],
    resourcePath: '',
    serverInfo: {
      applicationUri: PLANT_URI,
      productUri: 'urn:millwright',
      applicationName: { text: 'Millwright plant server' },
    },
    buildInfo: {
      productName: 'Millwright plant server',
      manufacturerName: 'Millwright',
      softwareVersion: deps.version,
    },
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    nodeset_filename: [nodesets.standard, nodesets.machineVision, isa95Nodeset()],
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [
      SecurityPolicy.Basic256Sha256,
      SecurityPolicy.Aes128_Sha256_RsaOaep,
      SecurityPolicy.Aes256_Sha256_RsaPss,
    ],
    allowAnonymous: false,
    userTokenTypes: [UserTokenType.UserName],
    userManager: {
      isValidUserAsync(name, password, callback) {
        signIn(name, password).then(
          right => callback(null, right),
          () => callback(null, false),
        )
      },
    },
    // Clients ask without security which endpoints there are, and nothing else.
    disableDiscovery: false,
    maxConnectionsPerEndpoint: MOST_SESSIONS,
    serverCapabilities: { maxSessions: MOST_SESSIONS, minSupportedSampleRate: 100 },
  } as ConstructorParameters<typeof OPCUAServer>[0])
  await server.initialize()
  const { addressSpace } = server.engine
  if (addressSpace === null) throw new Error('no address space')
  const namespace = addressSpace.registerNamespace(PLANT_URI)
  const tree = createEquipmentTree(addressSpace, namespace)
  const now = () => clock.now()
  const addTags = createTagVariables({ addressSpace, namespace, tree, live: deps.live.get, now })
  const results = createResults({
    addressSpace,
    namespace,
    tree,
    find: id => deps.inspections.get(id),
    list: limit => deps.inspections.list({ limit }),
  })
  tree.learn(await deps.equipment())
  addTags(deps.tags.all())
  for (const inspection of [...(await deps.inspections.list({ limit: FIRST_RESULTS }))].reverse())
    results.add(inspection, false)

  const stopValues = deps.hub.onValues(values => {
    for (const { tag } of values) {
      const definition = deps.tags.get(tag)
      if (definition !== undefined) addTags([definition])
    }
  })
  const stopEvents = deps.hub.onEvent(message => {
    if (message.type === 'inspection' && message.inspection.review === undefined) results.add(message.inspection, true)
  })
  const stop = async () => {
    stopValues()
    stopEvents()
    await server.shutdown(0)
  }
  try {
    await server.start()
  } catch (error) {
    await stop().catch(() => undefined)
    const detail = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'MW-2071', place: 'opcuaServer', values: { detail } }, { cause: error })
  }
  const port = server.endpoints[0]?.port ?? config.port
  return { endpoint: `opc.tcp://${config.hostname}:${port}`, stop }
}

/** It stands beside the others, without a name in the library's catalogue. */
const isa95Nodeset = () => join(nodesets.machineVision, '..', 'Opc.ISA95.NodeSet2.xml')
