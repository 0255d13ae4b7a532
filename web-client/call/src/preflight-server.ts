import { Fault, Refusal } from '@visavis/contract/errors'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import type { PREFLIGHT_NAMESPACE } from '@visavis/contract/preflight-socket'
import type { PreflightSignalling } from './preflight-link.ts'
import type { PreflightOptions } from './preflight-types.ts'
import { connectSignalling } from './signalling.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const NAMESPACE: typeof PREFLIGHT_NAMESPACE = '/preflight'
/** Who waits longer has no connection that a visit could use. */
const CONNECT_MS = 10_000

/** Connects; rejects with the server's Refusal, or a Fault when it is not reached in time. */
export function reachServer(
  { signInAs, origin, proveDevice }: PreflightOptions,
  signal: AbortSignal,
): Promise<PreflightSignalling> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer)
      signalling.close()
      reject(error)
    }
    const timer = setTimeout(() => fail(new Fault('the server was not reached')), CONNECT_MS)
    const signalling: PreflightSignalling = connectSignalling({
      origin,
      namespace: NAMESPACE,
      auth: { signInAs },
      proveDevice,
      listeners: {
        onConnected: () => {
          clearTimeout(timer)
          resolve(signalling)
        },
        onLost: () => undefined,
        onRefused: (code) => fail(new Refusal(code)),
      },
    })
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      signalling.close()
    })
  })
}

/** Tells the server what was found; gives its judgement, or null when it could not be told. */
export async function tellServer(
  signalling: PreflightSignalling,
  { visitId, cause = 'ASKED' }: PreflightOptions,
  findings: PreflightFindings,
) {
  const report = { visitId, cause, isPhone: isPhone(), findings }
  return signalling.request('preflight:report', report).catch(() => null)
}

/** Whether this is a telephone or tablet, by what the browser says of itself: it only chooses words. */
export function isPhone(): boolean {
  return /Mobi|Android|iPhone|iPad/.test(navigator.userAgent)
}
