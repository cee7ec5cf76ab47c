/** Numbers of the messages of a subscription: 1 to 2^32 - 1, then 1 again (OPC 10000-4, 7.12). Pure. */
const LAST = 2 ** 32 - 1

export const following = (sequence: number): number => (sequence >= LAST ? 1 : sequence + 1)

/** How many messages lie before `sequence` that were not taken; negative: it was taken already. */
export function ahead(sequence: number, expected: number): number {
  const distance = sequence - expected
  if (distance > LAST / 2) return distance - LAST
  if (distance < -LAST / 2) return distance + LAST
  return distance
}
