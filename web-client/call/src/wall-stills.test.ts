import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWallStills, dueOf } from './wall-stills.ts'

/** The server's end: what it was asked, and how it answers by seat. */
function aServer(answers: Record<string, () => Response>) {
  const asked: { url: string; etag: string | null }[] = []
  const ask = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const etag = new Headers(init?.headers).get('if-none-match')
    asked.push({ url: String(url), etag })
    const seatId = String(url).split('/').at(-1) ?? ''
    return answers[seatId]?.() ?? new Response(null, { status: 404 })
  }
  return { asked, fetch: ask as typeof fetch }
}

const picture = (etag: string) => new Response('RIFF', { status: 200, headers: { etag } })
const unchanged = () => new Response(null, { status: 304 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[OV-4] a still is fetched while it is on screen, by its ETag, and let go afterwards', async () => {
  let answer = () => picture('"one"')
  const { asked, fetch } = aServer({ a: () => answer() })
  const stills = createWallStills({ origin: '', fetch })
  const release = stills.hold({ visitId: 'v', seatId: 'a' })
  await vi.advanceTimersByTimeAsync(10)
  const first = stills.pictures.get('a')
  expect(first?.url).toMatch(/^blob:/)

  answer = unchanged
  await vi.advanceTimersByTimeAsync(4_000)
  expect(stills.pictures.get('a')).toBe(first)
  expect(asked).toEqual([
    { url: '/api/wall/stills/v/a', etag: null },
    { url: '/api/wall/stills/v/a', etag: '"one"' },
  ])

  release()
  expect(stills.pictures.get('a')).toBeUndefined()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked.length).toBe(2)
})

test('a seat that may not be seen any more loses its picture', async () => {
  let answer = () => picture('"one"')
  const { fetch } = aServer({ a: () => answer() })
  const stills = createWallStills({ origin: '', fetch })
  stills.hold({ visitId: 'v', seatId: 'a' })
  await vi.advanceTimersByTimeAsync(10)
  answer = () => new Response(null, { status: 403 })
  await vi.advanceTimersByTimeAsync(4_000)
  expect(stills.pictures.get('a')).toBeUndefined()
  stills.close()
})

test('a picture that comes after its tile has gone is not kept', async () => {
  let arrive: (answer: Response) => void = () => undefined
  const late = () => new Promise<Response>((resolve) => (arrive = resolve))
  const stills = createWallStills({ origin: '', fetch: late })
  stills.hold({ visitId: 'v', seatId: 'a' })()
  arrive(picture('"one"'))
  await vi.advanceTimersByTimeAsync(10)
  expect(stills.pictures.get('a')).toBeUndefined()
})

test('[OV-4] four hundred stills never take more than four connections, and each has its turn', async () => {
  let now = 0
  let most = 0
  const seen = new Set<string>()
  const fetch = (async (url: unknown) => {
    now += 1
    most = Math.max(most, now)
    await new Promise((resolve) => setTimeout(resolve, 5))
    now -= 1
    seen.add(String(url))
    return picture('"one"')
  }) as typeof globalThis.fetch
  const stills = createWallStills({ origin: '', fetch })
  for (let at = 0; at < 400; at += 1) stills.hold({ visitId: 'v', seatId: `${at}` })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(most).toBe(4)
  expect(seen.size).toBe(400)
  stills.close()
})

test('who waits longest comes first', () => {
  const wish = fc.record({ dueAtMs: fc.nat(100), isAsked: fc.boolean() })
  fc.assert(
    fc.property(fc.array(wish), fc.nat(100), (wishes, nowMs) => {
      const due = dueOf(wishes, nowMs)
      const asked = wishes.filter(({ isAsked }) => isAsked).length
      expect(due.length).toBeLessThanOrEqual(Math.max(0, 4 - asked))
      const left = wishes.filter((each) => !each.isAsked && !due.includes(each))
      for (const one of due) {
        expect(one.isAsked || one.dueAtMs > nowMs).toBe(false)
        for (const other of left) expect(other.dueAtMs).toBeGreaterThanOrEqual(one.dueAtMs)
      }
    }),
  )
})
