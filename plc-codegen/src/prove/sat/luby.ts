/** 1, 1, 2, 1, 1, 2, 4, … (Luby, Sinclair, Zuckerman 1993). */
export function luby(turn: number): number {
  let size = 1
  let power = 0
  while (size < turn) {
    size = 2 * size + 1
    power += 1
  }
  let left = turn - 1
  while (size - 1 !== left) {
    size = (size - 1) >> 1
    power -= 1
    left %= size
  }
  return 2 ** power
}
