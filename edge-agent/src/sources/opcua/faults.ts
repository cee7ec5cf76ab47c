/** What the errors of the library and the status codes of a server mean for us, pure. */

/** Nobody answered: the wire, not the server. */
const WIRE =
  /BadConnectionClosed|BadSecureChannelClosed|BadTimeout|BadRequestTimeout|ECONN|EPIPE|EHOST|ENET|ETIMEDOUT|Connection Break|timed? ?out|not connected|Invalid Channel|socket|aborted|disconnect|Fail to connect|cannot be established/i
/** A server that is on its way down or up: it answers, and will soon answer otherwise. */
const PASSING = /BadServerHalted|BadShutdown|BadServerNotConnected|BadTcpServerTooBusy|BadTooBusy/
/** Answers that only a person can change. */
const REFUSAL = /\bBad[A-Z]\w+|find an Endpoint|End point must exist|user token policy|Certificate verification failed/i

export const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim()

/** The server answered, and the answer was no. */
export const isRefused = (text: string): boolean => !WIRE.test(text) && !PASSING.test(text) && REFUSAL.test(text)

/** The server's certificate is unknown, or no longer good. */
export const isUntrusted = (text: string): boolean => /server Certificate verification failed/i.test(text)

/** The server no longer knows the session: closed, timed out, or the server began anew. */
export const isSessionGone = (text: string): boolean => /BadSession\w+|BadIdentityChangeNotSupported/.test(text)
