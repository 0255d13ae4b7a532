import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@visavis/platform/clock'
import type { IdentityKeys } from './identity-keys.ts'

/** Long enough for a slow line, short enough that what was overheard is soon worthless. */
export const NONCE_LIFE_MS = 60_000
/** Servers' clocks differ by less. */
const CLOCKS_DIFFER_MS = 5_000
const RANDOM_BYTES = 16
const TIME_BASE = 36
const USE = 'terminal nonce'

/** Nonces that a terminal's key signs. Making one stores nothing: whoever asks for many costs no row. */
export type Nonces = {
  readonly issue: () => { readonly nonce: string; readonly lifeMs: number }
  /** Until when one of ours is good; null: too old, or none of ours. That it is used once is for the database. */
  readonly endOf: (nonce: string) => Date | null
}

export function createNonces({ keys, clock }: { keys: IdentityKeys; clock: Clock }): Nonces {
  return {
    issue() {
      const madeAt = clock.now().getTime().toString(TIME_BASE)
      const random = randomBytes(RANDOM_BYTES).toString('base64url')
      const nonce = [madeAt, random, keys.digest(USE, madeAt, random)].join('.')
      return { nonce, lifeMs: NONCE_LIFE_MS }
    },
    endOf(nonce) {
      const [madeAt = '', random = '', mark = ''] = nonce.split('.')
      const right = Buffer.from(keys.digest(USE, madeAt, random))
      const given = Buffer.from(mark)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null
      const madeMs = Number.parseInt(madeAt, TIME_BASE)
      const nowMs = clock.now().getTime()
      const isFresh = madeMs <= nowMs + CLOCKS_DIFFER_MS && nowMs < madeMs + NONCE_LIFE_MS
      return isFresh ? new Date(madeMs + NONCE_LIFE_MS) : null
    },
  }
}
