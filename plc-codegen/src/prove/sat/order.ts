/** Variables by activity, the most active first: a binary heap that knows where each variable stands. */
export interface Order {
  grow(count: number): void
  insert(variable: number): void
  /** The most active variable, or -1. */
  pop(): number
  bump(variable: number): void
  decay(): void
}

export function createOrder(): Order {
  let activity = new Float64Array(64)
  let place = new Int32Array(64).fill(-1)
  const heap: number[] = []
  let step = 1

  const up = (from: number) => {
    let at = from
    const v = heap[at]!
    const score = activity[v]!
    while (at > 0) {
      const parent = (at - 1) >> 1
      const other = heap[parent]!
      if (activity[other]! >= score) break
      heap[at] = other
      place[other] = at
      at = parent
    }
    heap[at] = v
    place[v] = at
  }

  const down = (from: number) => {
    let at = from
    const v = heap[at]!
    const score = activity[v]!
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && activity[heap[child + 1]!]! > activity[heap[child]!]!) child += 1
      const other = heap[child]!
      if (activity[other]! <= score) break
      heap[at] = other
      place[other] = at
      at = child
    }
    heap[at] = v
    place[v] = at
  }

  return {
    grow(count) {
      if (count <= activity.length) return
      const size = Math.max(count, activity.length * 2)
      const scores = new Float64Array(size)
      scores.set(activity)
      activity = scores
      const places = new Int32Array(size).fill(-1)
      places.set(place)
      place = places
    },
    insert(variable) {
      if (place[variable]! >= 0) return
      heap.push(variable)
      place[variable] = heap.length - 1
      up(heap.length - 1)
    },
    pop() {
      const top = heap[0]
      if (top === undefined) return -1
      const last = heap.pop()!
      place[top] = -1
      if (last !== top) {
        heap[0] = last
        place[last] = 0
        down(0)
      }
      return top
    },
    bump(variable) {
      activity[variable]! += step
      if (activity[variable]! > 1e100) {
        for (let i = 0; i < activity.length; i += 1) activity[i]! *= 1e-100
        step *= 1e-100
      }
      if (place[variable]! >= 0) up(place[variable]!)
    },
    decay() {
      step /= 0.95
    },
  }
}
