import { detectDeviceAsync } from 'mediasoup-client'
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111'
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74'
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120'
import { Safari12 } from 'mediasoup-client/handlers/Safari12'
import type { types } from 'mediasoup-client'

type Ask = types.HandlerFactory['getNativeRtpCapabilities']

const FACTORIES: ReadonlyMap<string, () => types.HandlerFactory> = new Map([
  ['Chrome111', () => Chrome111.createFactory({})],
  ['Chrome74', () => Chrome74.createFactory({})],
  ['Firefox120', () => Firefox120.createFactory({})],
  ['Safari12', () => Safari12.createFactory({})],
])

let found: Promise<types.HandlerFactory | undefined> | null = null

/**
 * The library's part for this browser, or undefined if it has none. It remembers what the browser can
 * send and receive, which never changes while a page is open: to ask takes a peer connection each.
 */
export function deviceSupport(): Promise<types.HandlerFactory | undefined> {
  found ??= findSupport()
  return found
}

/** Asks the browser now what will be needed soon. Never rejects: whoever needs it will meet the failure. */
export async function prepareDevice(): Promise<void> {
  try {
    const support = await deviceSupport()
    await support?.getNativeRtpCapabilities({ direction: 'recvonly' })
    await support?.getNativeRtpCapabilities({ direction: 'sendonly' })
  } catch {
    // Asked again when it matters.
  }
}

async function findSupport(): Promise<types.HandlerFactory | undefined> {
  const name = await detectDeviceAsync()
  const factory = FACTORIES.get(name ?? '')?.()
  return factory && { ...factory, getNativeRtpCapabilities: remember(factory) }
}

function remember(factory: types.HandlerFactory): Ask {
  const answers = new Map<string, ReturnType<Ask>>()
  return (options) => {
    const known = answers.get(options.direction)
    if (known) return known
    const answer = factory.getNativeRtpCapabilities(options)
    answers.set(options.direction, answer)
    // A browser that could not answer may be able to later.
    answer.catch(() => answers.delete(options.direction))
    return answer
  }
}
