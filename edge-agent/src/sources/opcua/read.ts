/** Reads nodes now, for those who cannot wait for the next notification. */
import { AttributeIds, type ClientSession } from 'node-opcua'
import type { Sample } from '../source.ts'
import { plainValue, qualityOf } from './to-sample.ts'

export async function readNodes(
  session: ClientSession,
  wanted: readonly { readonly name: string; readonly nodeId: string }[],
): Promise<Sample[]> {
  const values = await session.read(wanted.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })))
  return values.map(({ value, statusCode, sourceTimestamp }, index) => {
    const quality = qualityOf(statusCode.value)
    return {
      name: wanted[index]!.name,
      value: quality === 'bad' ? null : plainValue(value),
      quality,
      t: sourceTimestamp?.getTime(),
    }
  })
}
