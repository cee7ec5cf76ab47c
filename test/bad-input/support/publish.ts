/** Publish responses of OPC UA (OPC 10000-4, 5.14.5) with values of all types and ranges, as bytes, whole or nearly so. */
import {
  BinaryStream,
  coerceLocalizedText,
  DataChangeNotification,
  DataType,
  DataValue,
  EventFieldList,
  EventNotificationList,
  MonitoredItemNotification,
  NotificationMessage,
  PublishResponse,
  StatusChangeNotification,
  StatusCodes,
  Variant,
  VariantArrayType,
} from 'node-opcua'
import { badBytes, below, noise, pick, type Random } from './mutate.ts'

const NUMBERS = [0, -1, 1, 127, 255, 65_535, 2 ** 31 - 1, 0.1, -0, 1e308, Number.NaN, Infinity, -Infinity, 5e-324]
const DATES = [new Date(0), new Date(8.64e15), new Date(-6e13), new Date(1_764_000_000_000), null]
const TEXTS = ['', 'x', '温度', '\u0000', '\ud800', 'x'.repeat(2000), null]

function scalarOf(random: Random, dataType: DataType): unknown {
  const whole = (bits: number, signed: boolean) => Math.floor(random() * 2 ** bits) - (signed ? 2 ** (bits - 1) : 0)
  switch (dataType) {
    case DataType.Boolean:
      return random() < 0.5
    case DataType.SByte:
      return whole(8, true)
    case DataType.Byte:
      return whole(8, false)
    case DataType.Int16:
      return whole(16, true)
    case DataType.UInt16:
      return whole(16, false)
    case DataType.Int32:
      return whole(32, true)
    case DataType.UInt32:
      return whole(32, false)
    case DataType.Int64:
    case DataType.UInt64:
      return [whole(32, false), whole(32, false)]
    case DataType.Float:
    case DataType.Double:
      return pick(random, NUMBERS)
    case DataType.DateTime:
      return pick(random, DATES)
    case DataType.ByteString:
      return random() < 0.1 ? null : noise(random, 40)
    case DataType.LocalizedText:
      return coerceLocalizedText(pick(random, TEXTS))
    case DataType.StatusCode:
      return pick(random, [StatusCodes.Good, StatusCodes.Bad, StatusCodes.UncertainLastUsableValue])
    default:
      return pick(random, TEXTS)
  }
}

const TYPES = [
  ...[
    DataType.Boolean,
    DataType.SByte,
    DataType.Byte,
    DataType.Int16,
    DataType.UInt16,
    DataType.Int32,
    DataType.UInt32,
  ],
  ...[DataType.Int64, DataType.UInt64, DataType.Float, DataType.Double, DataType.String, DataType.DateTime],
  ...[DataType.ByteString, DataType.LocalizedText, DataType.StatusCode],
]

function wildVariant(random: Random): Variant {
  const dataType = pick(random, TYPES)
  const shape = random()
  if (shape < 0.7)
    return new Variant({ dataType, arrayType: VariantArrayType.Scalar, value: scalarOf(random, dataType) })
  const [rows, columns] = [1 + below(random, 3), 1 + below(random, 3)]
  const value = Array.from({ length: rows * columns }, () => scalarOf(random, dataType))
  return shape < 0.85
    ? new Variant({ dataType, arrayType: VariantArrayType.Array, value })
    : new Variant({ dataType, arrayType: VariantArrayType.Matrix, dimensions: [rows, columns], value })
}

/** A body with wild values in the right places. `next`: the number that the client expects. */
function wildBody(random: Random, subscriptionId: number, next: number, handles: number): PublishResponse {
  const kind = random()
  const data =
    kind < 0.8
      ? new DataChangeNotification({
          monitoredItems: Array.from({ length: 1 + below(random, 4) }, () => {
            const time = pick(random, DATES)
            return new MonitoredItemNotification({
              clientHandle: random() < 0.95 ? below(random, handles) : Math.floor(random() * 2 ** 32),
              value: new DataValue({
                value: wildVariant(random),
                statusCode: pick(random, [StatusCodes.Good, StatusCodes.Good, StatusCodes.BadSensorFailure]),
                sourceTimestamp: time,
              }),
            })
          }),
        })
      : kind < 0.998
        ? new EventNotificationList({
            events: [
              new EventFieldList({
                clientHandle: 0xffff_fff0,
                eventFields: Array.from({ length: below(random, 20) }, () => wildVariant(random)),
              }),
            ],
          })
        : new StatusChangeNotification({ status: StatusCodes.BadTimeout })
  return new PublishResponse({
    responseHeader: { timestamp: new Date() },
    subscriptionId,
    availableSequenceNumbers: [next],
    moreNotifications: random() < 0.2,
    notificationMessage: new NotificationMessage({
      sequenceNumber: next,
      publishTime: new Date(),
      notificationData: [data],
    }),
  })
}

/** After the type (4 bytes) and the time of the header (8). */
const REQUEST_HANDLE_AT = 12

/** Bytes of a reply, type first, that the library can still decode; most have bad bytes besides their wild values. */
export function wildReply(random: Random, { subscriptionId, next, handles, requestHandle }: Wanted): Buffer {
  const whole = encoded(wildBody(random, subscriptionId, next, handles))
  let body = whole
  for (let tries = 0; tries < MOST_TRIES && body === whole && random() < MUTATED; tries += 1) {
    // A bad result of the service ends the connection at once: seldom, that what follows it is read too.
    const at = REQUEST_HANDLE_AT + (random() < 0.002 ? 4 : 8)
    const bad = Buffer.concat([whole.subarray(0, at), badBytes(random, whole.subarray(at))])
    if (decodes(bad)) body = bad
  }
  body.writeUInt32LE(requestHandle, REQUEST_HANDLE_AT)
  return body
}
const MOST_TRIES = 10
const MUTATED = 0.9
interface Wanted {
  readonly subscriptionId: number
  readonly next: number
  readonly handles: number
  readonly requestHandle: number
}

/** PublishResponse_Encoding_DefaultBinary. */
export const PUBLISH_RESPONSE = 829
export const PUBLISH_REQUEST = 826

function encoded(response: PublishResponse): Buffer {
  const stream = new BinaryStream(response.binaryStoreSize() + 64)
  stream.writeUInt8(1)
  stream.writeUInt8(0)
  stream.writeUInt16(PUBLISH_RESPONSE)
  response.encode(stream)
  return Buffer.from(stream.buffer.subarray(0, stream.length))
}

function decodes(body: Buffer): boolean {
  try {
    const stream = new BinaryStream(body.subarray(4))
    new PublishResponse().decode(stream)
    return true
  } catch {
    return false
  }
}
