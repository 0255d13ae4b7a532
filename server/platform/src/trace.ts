import { AsyncLocalStorage } from 'node:async_hooks'

const traces = new AsyncLocalStorage<string>()

/**
 * Does `work` under the id of the request that it belongs to. Whatever it starts, timers and promises
 * included, has that id: in logs, and in commands to media nodes and recorders.
 */
export function withTrace<Result>(traceId: string, work: () => Result): Result {
  return traces.run(traceId, work)
}

/** The id of the request that this work belongs to (UUID); undefined: nobody asked for it, a clock did. */
export function traceNow(): string | undefined {
  return traces.getStore()
}

const TRACEPARENT =
  /^00-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[0-9a-f]{16}-[0-9a-f]{2}$/
/** Ours are random UUIDs (version 4); another trace id is not taken over. */
const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The id in a W3C `traceparent` header, as a UUID; null if the header is none of our pages'. */
export function traceIdOf(header: string | undefined): string | null {
  const parts = TRACEPARENT.exec(header ?? '')
  if (!parts) return null
  const traceId = parts.slice(1).join('-')
  return UUID_4.test(traceId) ? traceId : null
}
