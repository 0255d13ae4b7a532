import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openPage } from '../support/browser.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { freePorts } from '../support/ports.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import { REMOTE_PICTURE } from './pages/call-page.ts'
import { verifyOnPage } from './pages/page-object.ts'
import { chooseLanguage } from './pages/visitor-journey.ts'

/** What a page tells of: each thing that its policies kept from happening. */
const VIOLATIONS = 'visavisViolations'
const REQUEST_ID = /"requestId":"([0-9a-f-]{36})"/
const TRACEPARENT = /^00-([0-9a-f]{32})-/

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast
let metricsPort: number
const violations: string[] = []
/** Ids of requests and commands, as the pages made them. */
const asked = new Set<string>()

/** The tests look at one visit: without it none of them means anything. */
skipAfterFailure()
beforeAll(async () => {
  metricsPort = await freePorts(1)
  const env = { METRICS_PORT: String(metricsPort) }
  stack = cleanUp.later(await startStack(env), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  cast = cleanUp.later(await openCast(), ({ close }) => close())
  for (const page of [cast.visitor, cast.terminal, cast.officer]) await listenTo(page)
  await gather({ stack, demo, cast })
  await letIn({ demo, cast })
})
afterAll(cleanUp.run)

async function listenTo(page: Page): Promise<void> {
  await page.exposeFunction(VIOLATIONS, (what: string) => void violations.push(what))
  await page.addInitScript((name) => {
    const tell = Reflect.get(window, name) as (what: string) => void
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sourceFile }) =>
        tell(`${effectiveDirective}: ${blockedURI} in ${sourceFile} at ${location.pathname}`),
    )
  }, VIOLATIONS)
  page.on('request', (request) => {
    const hex = TRACEPARENT.exec(request.headers()['traceparent'] ?? '')?.[1]
    if (hex) asked.add(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
  })
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const requestId = REQUEST_ID.exec(String(payload))?.[1]
      if (requestId) asked.add(requestId)
    })
  })
}

describe('under all its headers', () => {
  it('a visit is seen and heard on both sides, and on the wall', async () => {
    await waitToSee(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
    await waitToHear(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
    await waitToSee(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
  })

  it('every page is cut off from all others, and breaks none of its policies', async () => {
    for (const page of [cast.visitor, cast.terminal, cast.officer]) {
      expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true)
      expect(await page.evaluate(() => window.opener === null)).toBe(true)
    }
    expect(violations).toEqual([])
    expect(cast.faults()).toEqual([])
  })

  it('text never becomes a script, and no page but those of the call has a camera', async () => {
    const page = await cast.visitor.context().newPage()
    await page.goto(`${stack.origin}/visits`)
    const tried = await page.evaluate(async () => {
      const failure = (work: () => unknown) => {
        try {
          work()
          return 'done'
        } catch (error) {
          return error instanceof Error ? error.name : 'thrown'
        }
      }
      const camera = await navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
        () => 'given',
        (error: unknown) => (error as Error).name,
      )
      const html = failure(() => (document.createElement('div').innerHTML = '<b>x</b>'))
      const script = failure(() => new Worker('data:text/javascript,0'))
      const code = failure(() => (0, eval)('1 + 1'))
      return { camera, html, script, code }
    })
    expect(tried).toEqual({
      camera: 'NotAllowedError',
      html: 'TypeError',
      script: 'TypeError',
      code: 'EvalError',
    })
  })
})

/** What the processes have said so far, line by line, without what is said to whoever started them. */
const linesOf = (name: string) =>
  stack
    .output()
    .split('\n')
    .filter((line) => line.startsWith(name.padEnd('kiosk-client'.length)) && line.includes(' │ '))

const traceOf = (line: string | undefined) => / trace=([0-9a-f-]{36})/.exec(line ?? '')?.[1] ?? null

describe('one id', () => {
  it('leads from a page through the server to the media node, and into the audit log', async () => {
    const { visitId } = demo.visit
    const opened = linesOf('media-node').find(
      (line) => line.includes('room opened') && line.includes(visitId),
    )
    const trace = traceOf(opened)
    expect(trace).not.toBeNull()
    expect([...asked]).toContain(trace)
    const placed = linesOf('server').find(
      (line) => line.includes('room placed') && line.includes(visitId),
    )
    expect(traceOf(placed)).toBe(trace)
    await expectAudited(String(trace))
  })

  it('leads from a page to the recorder', async () => {
    const { visitId } = demo.visit
    const line = await until(
      async () =>
        linesOf('recorder').find(
          (each) => each.includes('recording opened') && each.includes(visitId),
        ) ?? null,
      'the recording',
    )
    const trace = traceOf(line)
    expect([...asked]).toContain(trace)
    const same = linesOf('server').filter((each) => traceOf(each) === trace)
    expect(same.length).toBeGreaterThan(0)
    await expectAudited(String(trace))
  })
})

async function expectAudited(trace: string): Promise<void> {
  const { visitId } = demo.visit
  const entries = await demo.db.auditEntry.findMany({ where: { visitId } })
  const own = entries.filter(({ bytes }) => Buffer.from(bytes).toString().includes(trace))
  expect(own.length).toBeGreaterThan(0)
}

describe('the logs of the whole visit', () => {
  it('[TR-6] hold no name, sign-in, cookie, code, PIN or address of media', async () => {
    const lines = ['server', 'media-node', 'recorder'].flatMap(linesOf)
    expect(lines.length).toBeGreaterThan(20)
    const { inmateId, visitorName } = demo.visit
    const inmate = await demo.db.inmate.findUniqueOrThrow({ where: { inmateId } })
    const cookies = await Promise.all(
      [cast.visitor, cast.terminal, cast.officer].map((page) => page.context().cookies()),
    )
    const secrets = [
      ...visitorName.split(' '),
      ...[inmate.givenName, inmate.familyName, inmate.inmateNumber],
      ...[demo.visitor, demo.staff('officer')].flatMap(({ login, password }) => [login, password]),
      ...[demo.inmatePin, demo.enrolmentCode ?? 'no code'],
      ...cookies.flat().map(({ value }) => value),
      ...['ice-ufrag', 'a=fingerprint', 'candidate:', 'dtlsParameters', 'postgresql://'],
    ]
    for (const secret of secrets) {
      const word = new RegExp(`(?<![\\w-])${escaped(secret)}(?![\\w-])`)
      expect(
        lines.filter((line) => word.test(line)),
        secret,
      ).toEqual([])
    }
  })
})

describe('the operator’s page', () => {
  it.each([
    { width: 1280, language: 'English', title: 'The service', trouble: 'Mails are not sent' },
    {
      width: 360,
      language: 'Русский',
      title: 'Состояние системы',
      trouble: 'Письма не отправляются',
    },
  ] as const)(
    'says in words what is wrong, at $width px in $language',
    async ({ width, language, title, trouble }) => {
      const browser = cast.officer.context().browser()
      if (!browser) throw new Error('the officer’s browser is gone')
      const { page, context } = await openPage(browser, { width, height: 800 })
      const { login, password } = demo.staff('facilityAdmin')
      const headers = { origin: stack.origin }
      const data = { login, password }
      await context.request.post(`${stack.origin}/api/sign-in`, { data, headers })
      await page.goto(`${stack.origin}/operations`)
      await chooseLanguage(page, language)
      await page.getByText(trouble).waitFor()
      await verifyOnPage(page, title)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBeLessThanOrEqual(0)
      await context.close()
    },
  )
})

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

describe('figures', () => {
  const read = async (port: number | string) =>
    (await fetch(`http://127.0.0.1:${port}/metrics`)).text()

  it('of all three processes tell of the visit, and of nobody in it', async () => {
    const node = new URL(stack.mediaControl.url).port
    const server = await read(metricsPort)
    const media = await read(node)
    const recorder = await read(Number(node) + 1)
    expect(server).toMatch(/visavis_visits\{state="LIVE"\} 1/)
    expect(server).toMatch(/visavis_socket_connections\{namespace="\/visit"\} 2/)
    expect(server).toMatch(
      /visavis_socket_command_duration_seconds_count\{[^}]*command="seat:join",result="OK"\}/,
    )
    expect(media).toMatch(/visavis_media_rooms\{pool="open"\} 1/)
    expect(media).toMatch(/visavis_media_worker_cpu_seconds\{pool="open",port="\d+"\} [\d.]+/)
    expect(media).toMatch(/visavis_media_objects\{kind="consumer",pool="open"\} [1-9]/)
    expect(recorder).toMatch(/visavis_recorder_recordings\{state="OPEN"\} 1/)
    expect(recorder).toMatch(/visavis_recorder_frames_total [1-9]/)
    for (const text of [server, media, recorder]) {
      expect(text).toMatch(/visavis_nodejs_eventloop_lag_p99_seconds [\d.]+/)
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|@/)
    }
  })
})
