import { setTimeout as pause } from 'node:timers/promises'
import type { OpenedPlay } from '@visavis/contract/http'
import { seeded } from '../support/seeded.ts'

/** Reviewers of one visit, each with a playback of their own. */
export type Readers = {
  readonly origin: string
  readonly visitId: string
  /** `Cookie` headers; one a reviewer. */
  readonly cookies: readonly string[]
  /** Seeks of each. */
  readonly seeks: number
}

/** A browser that has sought takes about this much of a picture and of a sound before it shows it; in bytes. */
const WANTED_BYTES = { video: 262_144, audio: 32_768 } as const
/** Each reviewer looks for another place about this often; in ms. */
const LOOKS_EVERY_MS = 1_000
const REASON = { purpose: 'How quickly recordings are read', caseNumber: 'BENCH-1' }
/** A read that is waited for this long is a broken one, not a slow one. */
const GIVEN_UP_MS = 60_000

/**
 * Times from asking for a range to its first byte, in ms. All reviewers look at once; each seek is entered
 * in the audit log first, as the page does it, and asks for a range of every track at the same place.
 */
export async function measureFirstBytes(readers: Readers): Promise<number[]> {
  const times = await Promise.all(
    readers.cookies.map((cookie, at) => readAll(readers, { cookie, at })),
  )
  return times.flat()
}

type Reader = { readonly cookie: string; readonly at: number }

async function readAll(readers: Readers, { cookie, at }: Reader): Promise<number[]> {
  const { origin, visitId, seeks } = readers
  const { below } = seeded(at + 1)
  const play = await post<OpenedPlay>(`${origin}/api/recordings/${visitId}/plays`, cookie, REASON)
  const base = `${origin}/api/plays/${play.playId}`
  const times: number[] = []
  for (let seek = 0; seek < seeks; seek += 1) {
    await pause(below(2 * LOOKS_EVERY_MS))
    const atMs = below(play.durationMs)
    await post(`${base}/acts`, cookie, { act: 'SEEK', atMs })
    const reads = play.tracks.map((track) => {
      const start = Math.floor((atMs / play.durationMs) * (track.bytes - 1))
      const end = Math.min(track.bytes - 1, start + WANTED_BYTES[track.kind] - 1)
      return firstByteMs(`${base}/tracks/${track.trackId}`, cookie, `bytes=${start}-${end}`)
    })
    times.push(...(await Promise.all(reads)))
  }
  return times
}

async function firstByteMs(url: string, cookie: string, range: string): Promise<number> {
  const askedMs = performance.now()
  const answer = await fetch(url, {
    headers: { cookie, range },
    signal: AbortSignal.timeout(GIVEN_UP_MS),
  })
  const reader = answer.body?.getReader()
  if (answer.status !== 206 || !reader) throw new Error(`a range was answered ${answer.status}`)
  const first = await reader.read()
  const tookMs = performance.now() - askedMs
  for (let piece = first; !piece.done;) piece = await reader.read()
  return tookMs
}

async function post<Reply>(url: string, cookie: string, body: object): Promise<Reply> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url} was answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Reply
}
