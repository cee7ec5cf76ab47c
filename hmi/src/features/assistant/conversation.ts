/** A conversation in this browser tab: kept over a reload, gone with the tab. */
import { Answer, parser } from '@millwright/contract'
import { type Static, Type } from 'typebox'

const Turn = Type.Object({ id: Type.String(), question: Type.String(), answer: Type.Optional(Answer) })
export type Turn = Static<typeof Turn>

const Conversation = Type.Object({ id: Type.String(), turns: Type.Array(Turn) })
export type Conversation = Static<typeof Conversation>

const KEY = 'millwright.conversation'
const MOST_TURNS = 40
const conversation = parser(Conversation)

export interface Memory {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** What was kept, or a new conversation where nothing usable was. */
export function loadConversation(memory: Memory, newId: () => string): Conversation {
  try {
    const parsed = conversation.parse(JSON.parse(memory.getItem(KEY) ?? 'null'))
    if (parsed.ok) return parsed.value
  } catch {
    // Text of an older version: start anew.
  }
  return { id: newId(), turns: [] }
}

/** Keeps it; a full store loses the oldest turns, never the newest. */
export function keepConversation(memory: Memory, current: Conversation): void {
  for (let most = MOST_TURNS; most > 0; most = Math.floor(most / 2)) {
    try {
      memory.setItem(KEY, JSON.stringify({ ...current, turns: current.turns.slice(-most) }))
      return
    } catch {
      // No room: try with fewer turns.
    }
  }
}
