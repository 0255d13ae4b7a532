import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type { MediaControl } from '../rtc-client.ts'
import { openPage } from '../browser.ts'
import type { PageSide, Who } from './in-page.ts'

const ENTRY = join(import.meta.dirname, 'in-page.ts')

/** A browser's page as a client of a media node: our call engine's library, without server and pages. */
export type MediaPage = {
  readonly page: Page
  readonly publish: () => Promise<void>
  /** How often this browser has asked for key frames of what it gets. */
  readonly requestsMade: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Serves an empty page with the script; cameras are for secure origins, which this machine is. */
export async function serveMediaPage(): Promise<{ origin: string; close: () => Promise<void> }> {
  const script = await bundle()
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><body><script src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()))
}

/** Opens a page's peer at a media node; what the node lets it have it takes and resumes by itself. */
export async function openMediaPage(
  browser: Browser,
  { origin, control, who }: { origin: string; control: MediaControl; who: Who },
): Promise<MediaPage> {
  const { page, context } = await openPage(browser)
  await page.exposeFunction('callNode', (name: never, payload: never) =>
    control.call(name, payload),
  )
  await page.goto(origin)
  await page.evaluate((given) => (globalThis as unknown as PageSide).openPeer(given), who)
  control.on('consumer:created', ({ peerId, routerId, consumer }) => {
    if (peerId !== who.peerId || routerId !== who.router.routerId) return
    page
      .evaluate((info) => (globalThis as unknown as PageSide).receive(info), consumer)
      // It may have been closed again meanwhile.
      .catch(() => undefined)
  })
  return {
    page,
    requestsMade: async () => {
      const streams = await streamsOf(page, 'inbound-rtp')
      return streams.reduce((sum, stream) => sum + Number(stream['pliCount'] ?? 0), 0)
    },
    publish: () => page.evaluate(() => (globalThis as unknown as PageSide).publish()),
    close: () => context.close(),
  }
}

/** Statistics of every video stream of a page in one direction. */
export async function streamsOf(
  page: Page,
  type: 'inbound-rtp' | 'outbound-rtp',
): Promise<Record<string, unknown>[]> {
  return page.evaluate(async (wanted) => {
    const { kept = [] } = globalThis as unknown as { kept?: RTCPeerConnection[] }
    const reports = await Promise.all(kept.map((connection) => connection.getStats()))
    const stats = reports.flatMap((report) => [
      ...(report as unknown as Map<string, Record<string, unknown>>).values(),
    ])
    return stats.filter((stat) => stat['type'] === wanted && stat['kind'] === 'video')
  }, type)
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: ENTRY, formats: ['iife'], name: 'inPage' },
    },
  })
  // Without watching, it is one bundle of one chunk.
  const [chunk] = (built as unknown as readonly Bundle[])[0]?.output ?? []
  if (!chunk) throw new Error('the page has no script')
  return chunk.code
}

type Bundle = { readonly output: readonly { readonly code: string }[] }
