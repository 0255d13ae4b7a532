import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import type { FaceLook } from '../../../web-client/call/src/face-look.ts'
import { openPage } from '../browser.ts'
import type { FaceSide } from './in-page.ts'

/** A picture as a page's copier gives it: RGBA, row by row. */
export type PictureGiven = {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** The detector of faces as the clients have it, worker, model and all, in a page of its own. */
export type FacePage = {
  readonly look: (picture: PictureGiven) => Promise<FaceLook>
  readonly close: () => Promise<void>
}

/** Builds the worker as the clients' builds do and opens a page that may do no more than theirs. */
export async function openFacePage(browser: Browser): Promise<FacePage> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-faces-'))
  await bundleTo(folder)
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '')
    void readFile(join(folder, name)).then(
      (content) => {
        response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream')
        response.setHeader(
          'content-security-policy',
          "default-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types visavis-worker",
        )
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { page, context } = await openPage(browser)
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.waitForFunction(() => 'lookAt' in globalThis)
  return {
    look: ({ width, height, data }) =>
      page.evaluate((picture) => (globalThis as unknown as FaceSide).lookAt(picture), {
        ...{ width, height },
        pixels: data.toString('base64'),
      }),
    async close() {
      await context.close()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

async function bundleTo(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: join(import.meta.dirname, 'in-page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  })
  const script = '<!doctype html><body><script type="module" src="/page.js"></script>'
  await writeFile(join(folder, 'index.html'), script)
}
