/** An OpenAI-compatible HTTP server that answers by a script: for tests of the port, with the real protocol. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ScriptedReply {
  readonly text?: string
  readonly calls?: readonly {
    readonly name: string /** As the model wrote it: JSON or not. */
    readonly arguments: string
  }[]
  /** HTTP status other than 200. */
  readonly status?: number
  /** Bytes in place of a completion. */
  readonly raw?: string
  /** Never answers. */
  readonly hangs?: boolean
}

export interface ScriptedRequest {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

export interface ScriptedServer {
  readonly url: string
  /** What it was sent, in order. */
  readonly requests: ScriptedRequest[]
  /** The replies to come. */
  script(...replies: ScriptedReply[]): void
  close(): Promise<void>
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = []
  let replies: ScriptedReply[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      requests.push(JSON.parse(String(Buffer.concat(chunks))))
      const reply = replies.shift() ?? { text: 'UNKNOWN' }
      if (reply.hangs === true) return
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' })
      response.end(reply.raw ?? JSON.stringify(completion(reply, requests.length)))
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script(...next) {
      requests.length = 0
      replies = [...next]
    },
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const completion = ({ text, calls = [] }: ScriptedReply, n: number) => ({
  id: `chat-${n}`,
  object: 'chat.completion',
  created: 1,
  model: 'scripted',
  choices: [
    {
      index: 0,
      finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
      message: {
        role: 'assistant',
        content: text ?? null,
        ...(calls.length === 0
          ? {}
          : {
              tool_calls: calls.map((call, i) => ({
                id: `call-${n}-${i}`,
                type: 'function',
                function: { name: call.name, arguments: call.arguments },
              })),
            }),
      },
    },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
})
