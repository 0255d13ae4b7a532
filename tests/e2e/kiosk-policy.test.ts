import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKiosk, whyNoPolicies } from '../support/kiosk-browser.ts'
import type { KioskBrowser } from '../support/kiosk-browser.ts'
import { until } from '../support/until.ts'

const EXAMPLE = 'https://visits.example.org'
const policyText = readFileSync(new URL('../../docs/kiosk/policy.json', import.meta.url), 'utf8')

/** What the page found out about the browser it is in. */
type Found = {
  readonly capture: string
  readonly screen: string
  readonly sound: string
  readonly popup: string
}

/** Tries everything that a terminal must grant or refuse, tells, and then tries to leave. */
const PAGE = `<!doctype html><title>terminal</title><a id="file" href="/file" download>file</a><script>
const nameOf = (error) => error.name
const heard = 'data:audio/wav;base64,UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA=='
addEventListener('pagehide', () => navigator.sendBeacon('/left'))
async function look() {
  const other = new URLSearchParams(location.search).get('other')
  const tracks = (stream) => stream.getTracks().map(({ kind }) => kind).sort().join(' ')
  const { state } = await navigator.permissions.query({ name: 'camera' })
  const media = navigator.mediaDevices
  // A question would wait for an answer for ever: nobody sits before this browser.
  const asks = () => Promise.resolve('asks')
  const take = state === 'granted' ? () => media.getUserMedia({ audio: true, video: true }).then(tracks, nameOf) : asks
  const show = state === 'granted' ? () => media.getDisplayMedia({ video: true }).then(tracks, nameOf) : asks
  const capture = await take()
  const screen = await show()
  const sound = await new Audio(heard).play().then(() => 'plays', nameOf)
  document.getElementById('file').click()
  const popup = window.open(other + '/popup') === null ? 'none' : 'opened'
  await fetch('/found', { method: 'POST', body: JSON.stringify({ capture, screen, sound, popup }) })
  location.href = other + '/elsewhere'
}
look()
</script>`

type Site = {
  readonly origin: string
  readonly asked: string[]
  found: Found | null
  server: Server
}

async function aSite(): Promise<Site> {
  const asked: string[] = []
  const site: Site = { origin: '', asked, found: null, server: createServer() }
  site.server.on('request', (request, response) => {
    const url = request.url ?? ''
    asked.push(url.split('?')[0] ?? '')
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      if (url === '/found') site.found = JSON.parse(body) as Found
      if (url === '/file') response.setHeader('content-disposition', 'attachment; filename=taken')
      else response.setHeader('content-type', 'text/html')
      response.end(url === '/file' ? 'taken' : PAGE)
    })
  })
  await new Promise<void>((resolve) => site.server.listen(0, '127.0.0.1', resolve))
  const { port } = site.server.address() as AddressInfo
  return Object.assign(site, { origin: `http://localhost:${port}` })
}

const why = whyNoPolicies()
if (why !== null) console.warn(`The kiosk policy is not tested: ${why}.`)

describe.skipIf(why !== null)('[TR-5] a terminal’s browser', () => {
  let [own, other]: Site[] = []
  const open: KioskBrowser[] = []
  beforeAll(async () => {
    own = await aSite()
    other = await aSite()
  })
  afterAll(async () => {
    for (const browser of open) await browser.close()
    for (const site of [own, other]) site?.server.close()
  })

  /** Lets the page try everything, until it has left or could not. */
  async function tried(policy: object | null) {
    own!.asked.length = 0
    other!.asked.length = 0
    own!.found = null
    const url = `${own!.origin}/?other=${encodeURIComponent(other!.origin)}`
    const browser = openKiosk(url, policy)
    open.push(browser)
    await until(() => (own!.asked.includes('/left') ? true : null), 'the page to try to leave')
    return { found: own!.found, elsewhere: [...other!.asked], browser }
  }

  it('with our policy: has camera and sound with no question, and leads nowhere else', async () => {
    const policy = JSON.parse(policyText.replaceAll(EXAMPLE, own!.origin)) as object
    const { found, elsewhere, browser } = await tried(policy)
    expect(found).toEqual({
      capture: 'audio video',
      screen: 'NotAllowedError',
      sound: 'plays',
      popup: 'none',
    })
    expect(elsewhere).toEqual([])
    expect(readdirSync(browser.downloads)).toEqual([])
    // Closed to developer tools, from inside and from outside.
    expect(existsSync(join(browser.profile, 'DevToolsActivePort'))).toBe(false)
    await browser.close()
  })

  it('without it is an ordinary browser: each of these locks is the policy’s doing', async () => {
    const { found, elsewhere, browser } = await tried(null)
    expect(found).toMatchObject({ capture: 'asks', sound: 'NotAllowedError' })
    expect(elsewhere).toContain('/elsewhere')
    expect(existsSync(join(browser.profile, 'DevToolsActivePort'))).toBe(true)
    await browser.close()
  })
})
