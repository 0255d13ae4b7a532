import type { Delivery } from './notice-rules.ts'
import type { SmsSender } from './ports.ts'

const PATIENCE_MS = 10_000
/** The gateway says: this number or message, never. Other refusals are about us or about now. */
const REFUSED_FOR_GOOD = new Set([400, 404, 410, 422])

/**
 * Sends through an HTTP gateway: `POST url` with JSON `{to, text}`, the token as bearer, and the notice's
 * id as `Idempotency-Key`, so that a gateway which knows that header sends a repeated one once.
 */
export function createSmsGateway({ url, token }: { url: string; token: string }): SmsSender {
  return {
    send: async ({ noticeId, to, text }) => {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${token}`,
            'idempotency-key': noticeId,
          },
          body: JSON.stringify({ to, text }),
          signal: AbortSignal.timeout(PATIENCE_MS),
          redirect: 'error',
        })
        await answer.body?.cancel()
        return deliveryOf(answer.status)
      } catch {
        return { kind: 'DEFERRED', failure: 'SMS_UNREACHABLE' }
      }
    },
  }
}

function deliveryOf(status: number): Delivery {
  if (status >= 200 && status < 300) return { kind: 'SENT' }
  const kind = REFUSED_FOR_GOOD.has(status) ? 'BOUNCED' : 'DEFERRED'
  return { kind, failure: `SMS_${status}` }
}
