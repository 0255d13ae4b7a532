/** How much of a request's id a person is asked to read out: enough to find it among a day's. */
const SHORT_LENGTH = 8
const SPAN_LENGTH = 16

/** A new W3C `traceparent`: the server takes its id over, into logs and audit entries. */
export function newTraceparent(): string {
  const [traceId, spanId] = [hex(), hex().slice(0, SPAN_LENGTH)]
  return `00-${traceId}-${spanId}-01`
}

function hex(): string {
  return crypto.randomUUID().replaceAll('-', '')
}

/** A request's id as people read it out to somebody who can look it up. */
export function shortCodeOf(requestId: string): string {
  return requestId.slice(0, SHORT_LENGTH).toUpperCase()
}
