import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { mediaFilesOf } from './known-media.ts'
import type { KnownPerson } from './known-media.ts'
import { keepPeerConnections } from './page-rtc.ts'

/** Where Debian keeps Chromium; CHROMIUM_PATH names another one. */
const CHROMIUM = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium'
const MEDIA_FOLDER = join(tmpdir(), 'visavis-known-media')

/** Without the background ones, Chromium keeps knocking at hosts that a closed network refuses. */
const QUIET = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  // Three pages share two cores: none may be slowed down for not being in front.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
]

export type BrowserOptions = {
  readonly asksNobody?: boolean
  readonly isHeaded?: boolean
  /** Hosts that this browser finds at addresses of the test's choice. */
  readonly finds?: Readonly<Record<string, string>> | null
  /** Takes certificates that nobody vouches for: those that a test makes. */
  readonly isCredulous?: boolean
}

/**
 * A browser whose camera shows and whose microphone sounds like a known person, or has neither. Whether
 * pages may use them is said by the person who is asked (here: always yes) or, with `asksNobody`, by the
 * permissions of the context, which are none at first.
 */
export async function openBrowser(
  person: KnownPerson | null,
  { asksNobody = false, isHeaded = false, finds = null, isCredulous = false }: BrowserOptions = {},
): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: !isHeaded,
    args: [
      ...QUIET,
      ...(person ? fakeDevices(person) : []),
      ...(asksNobody ? [] : ['--use-fake-ui-for-media-stream']),
      ...(isCredulous ? ['--ignore-certificate-errors'] : []),
      ...(finds ? [`--host-resolver-rules=${rulesFor(finds)}`] : []),
    ],
  })
}

/** Media asks for hosts by their full names, with a dot at the end. */
function rulesFor(finds: Readonly<Record<string, string>>): string {
  return Object.entries(finds)
    .flatMap(([host, address]) => [`MAP ${host} ${address}`, `MAP ${host}. ${address}`])
    .join(', ')
}

function fakeDevices(person: KnownPerson): string[] {
  const { videoFile, audioFile } = mediaFilesOf(person, MEDIA_FOLDER)
  return [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${videoFile}`,
    `--use-file-for-fake-audio-capture=${audioFile}`,
  ]
}

/** What a test may fail on afterwards: nothing should have gone wrong in the page unseen. */
export type WatchedPage = { page: Page; context: BrowserContext; faults: string[] }

/** A page in a context of its own (own cookies), speaking the language. */
export async function openPage(
  browser: Browser,
  { language = 'en', width = 1280, height = 800 } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    viewport: { width, height },
    timezoneId: 'Europe/Moscow',
  })
  await keepPeerConnections(context)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  return { page, context, faults }
}
