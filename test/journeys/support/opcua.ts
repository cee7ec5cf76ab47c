/** A plain OPC UA client of its own: what the server behind the suite sees. */
import { AttributeIds, DataType, OPCUAClient, Variant } from 'node-opcua'

const node = (name: string) => `ns=1;s=${name}`

export async function withOpcua<T>(
  port: number,
  use: (session: {
    read(name: string): Promise<unknown>
    write(name: string, value: string | number | boolean): Promise<string>
  }) => Promise<T>,
): Promise<T> {
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 3 } })
  await client.connect(`opc.tcp://127.0.0.1:${port}`)
  const session = await client.createSession()
  try {
    return await use({
      read: async name =>
        (await session.read({ nodeId: node(name), attributeId: AttributeIds.Value })).value.value as unknown,
      async write(name, value) {
        const dataType =
          typeof value === 'string' ? DataType.String : typeof value === 'boolean' ? DataType.Boolean : DataType.Double
        const status = await session.write({
          nodeId: node(name),
          attributeId: AttributeIds.Value,
          value: { value: new Variant({ dataType, value }) },
        })
        return status.name
      },
    })
  } finally {
    await session.close()
    await client.disconnect()
  }
}
