/** What a conversation remembers between questions: little, and only of this person. */

export interface Memory {
  /** The last PLC draft, so that "swap every 4 hours" changes it. */
  plcDraft?: unknown
  /** The order, tag or lot last spoken of, so that "why is it late" has a subject. */
  order?: string
  tag?: string
  lot?: string
  /** The tool last used. */
  tool?: string
}

export interface Conversations {
  /** The memory of a person's conversation; an empty one of its own where no conversation is named. */
  of(person: string, conversation: string | undefined): Memory
}

/** Keeps the newest `most` conversations in memory; a restart forgets them. */
export function createConversations(most = 500): Conversations {
  const memories = new Map<string, Memory>()
  return {
    of(person, conversation) {
      if (conversation === undefined) return {}
      const key = JSON.stringify([person, conversation])
      const memory = memories.get(key) ?? {}
      memories.delete(key)
      memories.set(key, memory)
      const oldest = memories.size > most ? memories.keys().next().value : undefined
      if (oldest !== undefined) memories.delete(oldest)
      return memory
    },
  }
}
