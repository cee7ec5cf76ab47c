/** Any OpenAI-compatible server (Ollama, vLLM, llama.cpp, a cloud) through the Vercel AI SDK 7. The only importer of `ai`. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { ProblemError } from '@millwright/contract'
import { generateText, jsonSchema, type ModelMessage, type ToolSet, tool } from 'ai'
import type { Llm, LlmCall, LlmMessage } from './llm.ts'

export interface HttpLlmConfig {
  /** E.g. `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string
  readonly model: string
  /** From the environment; never in a file of the project. */
  readonly apiKey?: string
  readonly timeout_ms?: number
}

/** A model on a small computer is slow: still, a person waits. */
const TIMEOUT_MS = 30_000

export function createHttpLlm(config: HttpLlmConfig): Llm {
  const provider = createOpenAICompatible({
    name: 'plant',
    baseURL: config.baseUrl,
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
  })
  const model = provider.chatModel(config.model)
  return {
    name: config.model,
    async reply({ system, messages, tools }) {
      const set: ToolSet = Object.fromEntries(
        tools.map(entry => [
          entry.name,
          // Without `execute` the SDK returns the calls: they are run by the registry, with the asker's rights.
          tool({
            description: entry.description,
            inputSchema: jsonSchema(entry.schema as Parameters<typeof jsonSchema>[0]),
          }),
        ]),
      )
      try {
        const result = await generateText({
          model,
          instructions: system,
          messages: messages.flatMap(toSdk),
          tools: set,
          temperature: 0,
          maxRetries: 0,
          abortSignal: AbortSignal.timeout(config.timeout_ms ?? TIMEOUT_MS),
        })
        return {
          text: result.text,
          calls: result.toolCalls.map(
            (call): LlmCall => ({ id: call.toolCallId, name: call.toolName, arguments: objectIn(call.input) }),
          ),
        }
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        throw new ProblemError({ code: 'MW-5002', values: { detail: detail.slice(0, 300) } }, { cause: error })
      }
    },
  }
}

/** The arguments, where they are an object or JSON text of one. */
function objectIn(input: unknown): Record<string, unknown> | undefined {
  if (typeof input === 'string') {
    try {
      return objectIn(JSON.parse(input))
    } catch {
      return undefined
    }
  }
  return input !== null && typeof input === 'object' && !Array.isArray(input)
    ? (input as Record<string, unknown>)
    : undefined
}

function toSdk(message: LlmMessage): ModelMessage[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }]
    case 'assistant':
      return [
        {
          role: 'assistant',
          content: [
            ...(message.text === '' ? [] : [{ type: 'text' as const, text: message.text }]),
            ...message.calls.map(call => ({
              type: 'tool-call' as const,
              toolCallId: call.id,
              toolName: call.name,
              input: call.arguments ?? {},
            })),
          ],
        },
      ]
    case 'tool':
      return [
        {
          role: 'tool',
          content: message.results.map(result => ({
            type: 'tool-result' as const,
            toolCallId: result.id,
            toolName: result.name,
            output: { type: 'text' as const, value: result.text },
          })),
        },
      ]
  }
}
