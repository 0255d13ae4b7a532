import type { Span } from './span-rules.ts'

/** A stretch of Unix time in which a zone's clock is so far ahead of UTC; milliseconds. */
export type ZoneSpan = Span & { readonly aheadMs: number }

const HOUR_MS = 3_600_000
const SECOND_MS = 1_000
const SECONDS_IN = { hour: 3_600, minute: 60, second: 1 } as const

/** How the clock of an IANA zone goes from one instant to another: one stretch, more where it is put forward or back. */
export function zoneSpans({ fromMs, toMs }: Span, timeZone: string): ZoneSpan[] {
  const spans: ZoneSpan[] = []
  let begunMs = fromMs
  while (begunMs < toMs) {
    const aheadMs = aheadOfUtcMs(begunMs, timeZone)
    const endMs = endOfOffset({ fromMs: begunMs, toMs }, timeZone, aheadMs)
    spans.push({ fromMs: begunMs, toMs: endMs, aheadMs })
    begunMs = endMs
  }
  return spans
}

/** `UTC+01:00`, as it is written beside a clock. */
export function offsetName(aheadMs: number): string {
  const seconds = Math.abs(aheadMs) / SECOND_MS
  const pad = (value: number): string => `${Math.floor(value)}`.padStart(2, '0')
  const sign = aheadMs < 0 ? '-' : '+'
  return `UTC${sign}${pad(seconds / SECONDS_IN.hour)}:${pad((seconds % SECONDS_IN.hour) / SECONDS_IN.minute)}`
}

/** The first second of another offset; zones keep one for hours at least. */
function endOfOffset({ fromMs, toMs }: Span, timeZone: string, aheadMs: number): number {
  const isSame = (ms: number): boolean => aheadOfUtcMs(ms, timeZone) === aheadMs
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
    const nextMs = Math.min(atMs + HOUR_MS, toMs)
    if (!isSame(nextMs)) return firstSecondOfOther({ fromMs: atMs, toMs: nextMs }, isSame)
  }
  return toMs
}

function firstSecondOfOther({ fromMs, toMs }: Span, isSame: (ms: number) => boolean): number {
  let [same, other] = [Math.floor(fromMs / SECOND_MS), Math.ceil(toMs / SECOND_MS)]
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (isSame(middle * SECOND_MS)) same = middle
    else other = middle
  }
  return other * SECOND_MS
}

function aheadOfUtcMs(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? []
  const ahead =
    Number(hours) * SECONDS_IN.hour + Number(minutes) * SECONDS_IN.minute + Number(seconds)
  return (sign === '-' ? -ahead : ahead) * SECOND_MS
}
