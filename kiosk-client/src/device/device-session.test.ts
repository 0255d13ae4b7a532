import {
  PAGE_HEADER,
  TERMINAL_KEY,
  TERMINAL_SIGNATURE,
  statementText,
} from '@visavis/contract/terminal-proof'
import type { TerminalStatement } from '@visavis/contract/terminal-proof'
import type { TerminalProof } from '@visavis/contract/terminal-proof-shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDeviceSession } from './device-session.ts'
import type { DeviceSession } from './device-session.ts'
import type { StoredDevice } from './device-store.ts'

const ORIGIN = 'https://visits.example.org'
const LIFE_MS = 600_000

/** The server as this device sees it: nonces, and sessions for signatures that are the key's. */
type Desk = { connected: (string | null)[]; isUp: boolean; isEnrolled: boolean }

let desk: Desk
let kept: StoredDevice | null
let publicKey: CryptoKey
let nowMs: number
let device: DeviceSession

beforeAll(() => {
  vi.stubGlobal('window', { location: { origin: ORIGIN } })
})
afterAll(() => vi.unstubAllGlobals())
beforeEach(() => {
  desk = { connected: [], isUp: true, isEnrolled: true }
  kept = null
  nowMs = 1_000_000
  device = newPage()
})

function newPage(): DeviceSession {
  return createDeviceSession({
    store: {
      read: () => Promise.resolve(kept),
      write: (stored) => Promise.resolve(void (kept = stored)),
      forget: () => Promise.resolve(void (kept = null)),
    },
    call: answer as never,
    nowMs: () => nowMs,
  })
}

type Asked = { code: string; publicKey: string; proof: TerminalProof } & {
  terminalId: string
  lastSessionId: string | null
  pageHash: string
}

async function answer(name: string, { body }: { body?: Asked }): Promise<unknown> {
  if (!desk.isUp) return { ok: false, code: 'UNREACHABLE' }
  if (name === 'terminalNonce') return { ok: true, data: { nonce: crypto.randomUUID() } }
  if (!body) throw new Error(`${name} without a body`)
  const { code, proof, terminalId, lastSessionId, pageHash } = body
  const session = { terminalId: 't-1', sessionId: crypto.randomUUID(), lifeMs: LIFE_MS }
  if (name === 'enrolTerminal') {
    const spki = Buffer.from(body.publicKey, 'base64url')
    publicKey = await crypto.subtle.importKey('spki', spki, TERMINAL_KEY, true, ['verify'])
    expect(await isSigned(proof, { purpose: 'ENROL', code, pageHash })).toBe(true)
    return { ok: true, data: { info: {}, device: session } }
  }
  const asked = { terminalId, lastSessionId, pageHash }
  expect(await isSigned(proof, { purpose: 'CONNECT', ...asked })).toBe(true)
  if (!desk.isEnrolled) return { ok: false, code: 'TERMINAL_NOT_ENROLLED' }
  desk.connected.push(lastSessionId)
  return { ok: true, data: session }
}

function isSigned(proof: TerminalProof, statement: TerminalStatement): Promise<boolean> {
  const text = new TextEncoder().encode(statementText(proof, statement))
  const signature = Buffer.from(proof.signature, 'base64url')
  return crypto.subtle.verify(TERMINAL_SIGNATURE, publicKey, signature, text)
}

describe('[TR-5] a device as a terminal', () => {
  it('is none before its code, and keeps a key that nobody can take out', async () => {
    expect(await device.headers()).toMatchObject({ ok: false, code: 'TERMINAL_NOT_ENROLLED' })
    expect(await device.enrol('7QK2M-0XWDR')).toMatchObject({ ok: true })
    expect(kept?.privateKey.extractable).toBe(false)
    expect(await device.headers()).toMatchObject({
      ok: true,
      data: { [PAGE_HEADER]: expect.stringMatching(/^[\w-]{43}$/) as string },
    })
    expect(desk.connected).toEqual([])
  })

  it('asks for the next session after half of its life, once, and goes on with the old one meanwhile', async () => {
    await device.enrol('7QK2M-0XWDR')
    const first = kept?.lastSessionId
    nowMs += LIFE_MS / 2 - 1
    await device.headers()
    expect(desk.connected).toEqual([])
    nowMs += 1
    desk.isUp = false
    expect((await device.headers()).ok).toBe(true)
    desk.isUp = true
    await Promise.all([device.headers(), device.headers(), device.headers()])
    expect(desk.connected).toEqual([first])
    expect(kept?.lastSessionId).not.toBe(first)
    nowMs += LIFE_MS
    desk.isUp = false
    expect(await device.headers()).toMatchObject({ ok: false, code: 'UNREACHABLE' })
  })

  it('names the session before when its page is loaded anew, and has another secret', async () => {
    await device.enrol('7QK2M-0XWDR')
    const [before, last] = [await device.headers(), kept?.lastSessionId]
    const again = await newPage().headers()
    expect(desk.connected).toEqual([last])
    expect(again).not.toEqual(before)
  })

  it('proves its key for each socket, by the session it holds', async () => {
    await device.enrol('7QK2M-0XWDR')
    const given = await device.proveSocket()
    if (given === null) throw new Error('no proof')
    const { terminalId, sessionId, proof } = given
    expect(sessionId).toBe(kept?.lastSessionId)
    expect(await isSigned(proof, { purpose: 'SOCKET', terminalId, sessionId })).toBe(true)
    desk.isUp = false
    expect(await device.proveSocket()).toBeNull()
  })

  it('forgets its key when the server says that it is no terminal any more, and tells', async () => {
    await device.enrol('7QK2M-0XWDR')
    const told = vi.fn()
    const stop = device.onNotEnrolled(told)
    desk.isEnrolled = false
    device.drop()
    expect(await device.headers()).toMatchObject({ code: 'TERMINAL_NOT_ENROLLED' })
    expect(told).toHaveBeenCalledTimes(1)
    expect(kept).toBeNull()
    stop()
  })
})
