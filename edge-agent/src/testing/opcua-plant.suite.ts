/** A real OPC UA server in process that asks for security and users, with values of many types and one alarm. */
import { readFileSync } from 'node:fs'
import {
  coerceLocalizedText,
  DataType,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  StatusCodes,
  Variant,
  VariantArrayType,
} from 'node-opcua'
import { TEST_URI } from './opcua-server.suite.ts'

export interface TestAlarm {
  raise(): void
  clear(): void
  readonly acknowledged: boolean
  readonly confirmed: boolean
  readonly shelving: string
}

export interface SecurePlant {
  readonly endpoint: string
  readonly alarm: TestAlarm
  /** Who opened the sessions that are open now. */
  users(): string[]
  stop(): Promise<void>
}

const int64 = (value: bigint): [number, number] => [Number((value >> 32n) & 0xffff_ffffn), Number(value & 0xffff_ffffn)]
const scalar = (dataType: DataType, value: unknown) =>
  new Variant({ dataType, arrayType: VariantArrayType.Scalar, value })
const array = (dataType: DataType, value: unknown) =>
  new Variant({ dataType, arrayType: VariantArrayType.Array, value })

const VALUES: Readonly<Record<string, Variant>> = {
  Byte: scalar(DataType.Byte, 200),
  Int16: scalar(DataType.Int16, -300),
  UInt32: scalar(DataType.UInt32, 4_000_000_000),
  Int64: scalar(DataType.Int64, int64(-5n)),
  UInt64: scalar(DataType.UInt64, int64(2n ** 40n)),
  Float: scalar(DataType.Float, 1.5),
  Bool: scalar(DataType.Boolean, true),
  Text: scalar(DataType.String, '批次 7'),
  Local: scalar(DataType.LocalizedText, coerceLocalizedText('Dryer')),
  Time: scalar(DataType.DateTime, new Date(1_764_000_000_000)),
  Bytes: scalar(DataType.ByteString, Buffer.from('beef', 'hex')),
  Numbers: array(DataType.Double, new Float64Array([1, 2.5, -3])),
  Words: array(DataType.String, ['a', 'b']),
  Table: new Variant({
    dataType: DataType.Int32,
    arrayType: VariantArrayType.Matrix,
    dimensions: [2, 3],
    value: new Int32Array([1, 2, 3, 4, 5, 6]),
  }),
  NaN: scalar(DataType.Double, Number.NaN),
}

export async function startSecurePlant(pki: string, userPki: string): Promise<SecurePlant> {
  const manager = (rootFolder: string, automaticallyAcceptUnknownCertificate: boolean) =>
    new OPCUACertificateManager({ rootFolder, automaticallyAcceptUnknownCertificate })
  const users = manager(userPki, false)
  await users.initialize()
  const server = new OPCUAServer({
    port: 0,
    hostname: '127.0.0.1',
    serverCertificateManager: manager(pki, true),
    userCertificateManager: users,
    securityPolicies: [SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss],
    securityModes: [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: false,
    userManager: { isValidUser: (name: string, password: string) => name === 'edge' && password === 'secret' },
    serverCapabilities: { minSupportedSampleRate: 0 },
  })
  await server.initialize()
  const space = server.engine.addressSpace!
  space.installAlarmsAndConditionsService()
  const namespace = space.registerNamespace(TEST_URI)
  const line = namespace.addObject({
    browseName: 'Line',
    nodeId: 's=Line',
    organizedBy: space.rootFolder.objects,
    eventSourceOf: space.rootFolder.objects.server,
  })
  for (const [name, value] of Object.entries(VALUES))
    namespace
      .addVariable({
        componentOf: line,
        browseName: name,
        nodeId: `s=${name}`,
        dataType: DataType[value.dataType],
        valueRank:
          value.arrayType === VariantArrayType.Scalar ? -1 : value.arrayType === VariantArrayType.Array ? 1 : 2,
        ...(value.dimensions ? { arrayDimensions: value.dimensions } : {}),
        accessLevel: 'CurrentRead | CurrentWrite',
        userAccessLevel: 'CurrentRead | CurrentWrite',
      })
      .setValueFromSource(value)
  namespace.addMultiStateDiscrete({
    componentOf: line,
    browseName: 'Mode',
    nodeId: 's=Mode',
    enumStrings: ['Stopped', 'Starting', 'Running'],
    value: 2,
  })
  const mode = namespace.addEnumerationType({
    browseName: 'GateState',
    enumeration: [
      { displayName: 'Shut', value: 10 },
      { displayName: 'Open', value: 20 },
    ],
  })
  namespace
    .addVariable({ componentOf: line, browseName: 'Gate', nodeId: 's=Gate', dataType: mode.nodeId })
    .setValueFromSource(scalar(DataType.Int32, 20))
  const doubtful = namespace.addVariable({
    componentOf: line,
    browseName: 'Doubtful',
    nodeId: 's=Doubtful',
    dataType: 'Double',
  })
  doubtful.setValueFromSource(scalar(DataType.Double, 7), StatusCodes.UncertainLastUsableValue)
  const broken = namespace.addVariable({
    componentOf: line,
    browseName: 'Broken',
    nodeId: 's=Broken',
    dataType: 'Double',
  })
  broken.setValueFromSource(scalar(DataType.Double, 7), StatusCodes.BadSensorFailure)
  const normal = namespace.addVariable({
    componentOf: line,
    browseName: 'Normal',
    nodeId: 's=Normal',
    dataType: 'Boolean',
    value: { dataType: DataType.Boolean, value: false },
  })
  const alarm = namespace.instantiateOffNormalAlarm({
    browseName: 'DoorOpen',
    nodeId: 's=DoorOpen',
    conditionName: 'DoorOpen',
    conditionSource: line,
    conditionOf: line,
    componentOf: line,
    inputNode: normal,
    normalState: normal,
    optionals: ['ConfirmedState', 'Confirm', 'ShelvingState'],
    // The library's one-shot shelving wants a bound.
    maxTimeShelved: 3_600_000,
  })
  Object.assign(alarm, { onInputDataValueChange: () => {} })
  alarm.setSourceName('Line')
  const branch = alarm.currentBranch()
  branch.setAckedState(true)
  branch.setConfirmedState(true)
  alarm.shelvingState?.setState('Unshelved')
  const tell = () =>
    alarm.raiseNewCondition({
      message: 'Door open',
      severity: 700,
      quality: StatusCodes.Good,
      retain: branch.getActiveState() || !branch.getAckedState() || !branch.getConfirmedState(),
    })
  // The library shelves without an event, and says so before the state's id has changed.
  alarm.shelvingState?.currentState.on('value_changed', () => setImmediate(tell))
  await server.start()
  return {
    endpoint: `opc.tcp://127.0.0.1:${server.endpoints[0]!.port}`,
    alarm: {
      raise() {
        branch.setActiveState(true)
        branch.setAckedState(false)
        branch.setConfirmedState(false)
        tell()
      },
      clear() {
        branch.setActiveState(false)
        tell()
      },
      get acknowledged() {
        return branch.getAckedState()
      },
      get confirmed() {
        return branch.getConfirmedState()
      },
      get shelving() {
        return alarm.shelvingState?.getCurrentState() ?? ''
      },
    },
    users: () => {
      const sessions = server.engine as unknown as { _sessions: Record<string, { userIdentityToken?: object }> }
      return Object.values(sessions._sessions).map(({ userIdentityToken }) => userIdentityToken?.constructor.name ?? '')
    },
    stop: () => server.shutdown(0),
  }
}

/** The user's certificate is to be known to the server: into its list of trusted ones. */
export async function trustUser(userPki: string, certificateFile: string): Promise<void> {
  const users = new OPCUACertificateManager({ rootFolder: userPki })
  await users.initialize()
  const pem = readFileSync(certificateFile, 'utf8')
  const base64 = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(pem)![1]!
  await users.trustCertificate(Buffer.from(base64, 'base64'))
  await users.dispose()
}

/** A certificate and its key, self-signed, as PEM files. */
export async function makeUserCertificate(
  folder: string,
): Promise<{ certificateFile: string; privateKeyFile: string }> {
  const manager = new OPCUACertificateManager({ rootFolder: folder })
  await manager.initialize()
  const certificateFile = `${folder}/user.pem`
  await manager.createSelfSignedCertificate({
    applicationUri: 'urn:millwright:user',
    subject: '/CN=edge-user',
    startDate: new Date(1_763_000_000_000),
    validity: 3650,
    dns: [],
    outputFile: certificateFile,
  } as never)
  await manager.dispose()
  return { certificateFile, privateKeyFile: manager.privateKey }
}
