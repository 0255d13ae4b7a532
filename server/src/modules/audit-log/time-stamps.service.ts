import { createHash, randomBytes } from 'node:crypto'
import { Fault } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { whatFailed } from '../../platform/what-failed.ts'
import type { AuditAlarms } from './alarms.service.ts'
import type { CheckpointsRepo } from './checkpoints.repo.ts'
import type { CareRepo } from './care.repo.ts'
import { requireStamped, stampRequest } from './rfc3161.ts'
import type { Shipping } from './shipping.service.ts'

/** An authority that says when something was there (RFC 3161). */
export type TimeStampAuthority = {
  /** Its whole answer about a SHA-256, DER. Throws a Fault. */
  readonly stamp: (digest: Buffer) => Promise<Buffer>
}

type Deps = {
  readonly repo: Pick<CheckpointsRepo, 'heads' | 'newest'>
  readonly care: Pick<CareRepo, 'stampOf' | 'addStamp'>
  /** Null: nobody stamps. */
  readonly authority: TimeStampAuthority | null
  readonly shipping: Pick<Shipping, 'add'>
  readonly alarms: AuditAlarms
  readonly clock: Clock
  readonly log: Logger
}

const ANSWERS_WITHIN_MS = 30_000
const NONCE_BYTES = 8

/** An authority that is asked over HTTP. */
export function createHttpAuthority(url: string): TimeStampAuthority {
  return {
    async stamp(digest) {
      const asked = { digest, nonce: randomBytes(NONCE_BYTES) }
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query' },
        body: new Uint8Array(stampRequest(asked)),
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      }).catch((cause: unknown) => {
        throw new Fault('the time-stamp authority does not answer', { cause })
      })
      if (!answer.ok) throw new Fault(`the time-stamp authority answers ${answer.status}`)
      const token = Buffer.from(await answer.arrayBuffer())
      requireStamped(token, asked)
      return token
    },
  }
}

/** Once a day an authority stamps the newest checkpoints of all logs. */
export type TimeStamps = ReturnType<typeof createTimeStamps>

export function createTimeStamps(deps: Deps) {
  const { authority, care, alarms, clock, log } = deps
  return {
    isOn: authority !== null,
    /** The day's stamp, if it is not there yet; one that cannot be had is tried again, with an alarm. */
    async stamp(): Promise<void> {
      const day = clock.now().toISOString().slice(0, 'yyyy-mm-dd'.length)
      if (authority === null || (await care.stampOf(day))) return
      const text = await textOf(deps)
      try {
        const token = await authority.stamp(createHash('sha256').update(text).digest())
        await care.addStamp({ day, text, token, stampedAt: clock.now() })
        await deps.shipping.add(`time-stamps/${day}.txt`, text)
        await deps.shipping.add(`time-stamps/${day}.tsr`, token)
      } catch (error) {
        log.warn(whatFailed(error), 'the day’s checkpoints could not be stamped')
        await alarms.raise('estate', 'STAMP_MISSING')
        throw error
      }
    },
  }
}

/** What is stamped: the newest checkpoint of each log as it was signed, in the order of their names. */
async function textOf({ repo }: Deps): Promise<string> {
  const logs = (await repo.heads()).map(({ log }) => log).toSorted()
  const newest = await Promise.all(logs.map((log) => repo.newest(log)))
  return newest.flatMap((one) => (one ? [one.note] : [])).join('\n')
}
