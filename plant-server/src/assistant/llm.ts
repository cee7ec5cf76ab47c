/** A language model as the assistant uses it: it chooses tools and words. It never runs a tool and never has the last word. */

export interface LlmTool {
  readonly name: string
  readonly description: string
  /** JSON Schema. */
  readonly schema: object
}

export interface LlmCall {
  readonly id: string
  readonly name: string
  /** undefined: the model wrote no usable JSON object. */
  readonly arguments: Record<string, unknown> | undefined
}

export type LlmMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly LlmCall[] }
  | {
      readonly role: 'tool'
      readonly results: readonly { readonly id: string; readonly name: string; readonly text: string }[]
    }

export interface LlmReply {
  readonly text: string
  readonly calls: readonly LlmCall[]
}

export interface Llm {
  /** As it is shown: `llm:<name>`. */
  readonly name: string
  /** Refuses with MW-5002 where the model does not answer in time or in form. */
  reply(request: {
    readonly system: string
    readonly messages: readonly LlmMessage[]
    readonly tools: readonly LlmTool[]
  }): Promise<LlmReply>
}
