import type { Page } from 'playwright-core'

/** What a wall's page has received and drawn so far. */
export type WallFigures = {
  /** By stream and by connection, since each of them began; one that ends is gone from here. */
  readonly flows: Readonly<Record<string, Flow>>
  readonly stillBytes: number
  readonly liveTiles: number
  readonly stillTiles: number
}

type Flow = { readonly received: number; readonly dropped: number; readonly bytes: number }

/** What came between two looks; of what has ended meanwhile nothing is known. */
export function receivedBetween(before: WallFigures, after: WallFigures): Flow {
  const sum = { received: 0, dropped: 0, bytes: after.stillBytes - before.stillBytes }
  for (const [name, flow] of Object.entries(after.flows)) {
    const old = before.flows[name] ?? { received: 0, dropped: 0, bytes: 0 }
    sum.received += flow.received - old.received
    sum.dropped += flow.dropped - old.dropped
    sum.bytes += flow.bytes - old.bytes
  }
  return sum
}

type Keeper = { kept?: RTCPeerConnection[] }

/** Lets the page keep account of what it fetches beside its media. */
export async function countFetches(page: Page): Promise<void> {
  await page.evaluate(() => performance.setResourceTimingBufferSize(100_000))
}

/** Adds up the page's inbound pictures, its connections' bytes and its stills. */
export async function wallFigures(page: Page): Promise<WallFigures> {
  return page.evaluate(async () => {
    const flows: Record<string, { received: number; dropped: number; bytes: number }> = {}
    const kept = (globalThis as unknown as Keeper).kept ?? []
    for (const [at, connection] of kept.entries()) {
      const report = (await connection.getStats()) as unknown as Map<
        string,
        Record<string, unknown>
      >
      for (const [id, stat] of report) {
        const of = (name: string) => Number(stat[name] ?? 0)
        const name = `${at} ${id}`
        if (stat['type'] === 'candidate-pair') {
          flows[name] = { received: 0, dropped: 0, bytes: of('bytesReceived') }
        }
        if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'video') {
          flows[name] = { received: of('framesReceived'), dropped: of('framesDropped'), bytes: 0 }
        }
      }
    }
    let stillBytes = 0
    for (const entry of performance.getEntriesByType('resource') as PerformanceResourceTiming[]) {
      if (entry.name.includes('/api/wall/stills/')) stillBytes += entry.transferSize
    }
    const tiles = [...document.querySelectorAll('.vv-tile')]
    const has = (tile: Element, what: string) => tile.querySelector(what) !== null
    const isLive = (tile: Element) =>
      [...tile.querySelectorAll('video')].some(({ videoWidth }) => videoWidth > 0)
    return {
      flows,
      stillBytes,
      liveTiles: tiles.filter(isLive).length,
      stillTiles: tiles.filter((tile) => !isLive(tile) && has(tile, '.vv-still')).length,
    }
  })
}
