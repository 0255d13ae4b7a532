import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { IdentityKeys } from './identity-keys.ts'
import {
  ACCOUNT_LIMIT,
  BROWSER_LIMIT,
  CODE_LIMIT,
  NETWORK_LIMIT,
  PAIR_LIMIT,
  afterFailure,
  cleanCount,
  countAt,
  waitsUntil,
  withoutFailure,
} from './limit-rules.ts'
import type { Limit } from './limit-rules.ts'
import type { LimitsRepo } from './limits.repo.ts'
import { networkOf } from './network.ts'

/** A guess at an account's password; `known`: the browser's cookie of earlier sign-ins, if it has one. */
export type Guess = {
  readonly login: string
  readonly address: string
  readonly known: string | null
}

/** A guess that may be looked at; put down as a failure until it is said to be right. */
export type Ticket = {
  /** It was right: forgiven, in the transaction of the sign-in. */
  readonly wasRight: (tx: Tx) => Promise<void>
}

/**
 * How often may be guessed. Counts are rows: they survive restarts and hold for all servers. A browser in
 * which the account was signed in before has a count of its own, so that nobody else can lock its owner out.
 */
export type Limits = {
  /** Refuses with SIGN_IN_WAITS (`liftsAt`) before anything is looked at. */
  readonly password: (guess: Guess) => Promise<Ticket>
  /** Likewise, for a code of whatever `purpose` about one account or login. */
  readonly code: (purpose: string, about: string) => Promise<Ticket>
  /** What a browser keeps from now on of the account having been signed in there, with what it `held`. */
  readonly remember: (login: string, held: string | null) => string
}

type Counted = { readonly key: string; readonly limit: Limit; readonly isForgotten: boolean }

const NONCE_BYTES = 16
const SEPARATOR = '~'
/** A family shares a tablet; more accounts than this do not share a browser. */
const MOST_KNOWN = 4

export function createLimits(deps: {
  repo: LimitsRepo
  keys: IdentityKeys
  clock: Clock
  transact: Transact
}): Limits {
  const { digest } = deps.keys
  return {
    password: (guess) => begin(deps, countsOf(guess, digest)),
    code: (purpose, about) =>
      begin(deps, [{ key: digest('code', purpose, about), limit: CODE_LIMIT, isForgotten: true }]),
    remember: (login, held) => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64url')
      const others = marksOf(held).filter((mark) => knownNonce(mark, login, digest) === null)
      const mine = `${nonce}.${digest('browser', login, nonce)}`
      return [mine, ...others].slice(0, MOST_KNOWN).join(SEPARATOR)
    },
  }
}

function countsOf({ login, address, known }: Guess, digest: IdentityKeys['digest']): Counted[] {
  const nonce = marksOf(known)
    .map((mark) => knownNonce(mark, login, digest))
    .find((found) => found !== null)
  if (nonce) {
    return [{ key: digest('known', login, nonce), limit: BROWSER_LIMIT, isForgotten: true }]
  }
  const network = networkOf(address)
  return [
    { key: digest('pair', login, network), limit: PAIR_LIMIT, isForgotten: true },
    { key: digest('account', login), limit: ACCOUNT_LIMIT, isForgotten: false },
    { key: digest('network', network), limit: NETWORK_LIMIT, isForgotten: false },
  ]
}

const marksOf = (cookie: string | null): string[] => cookie?.split(SEPARATOR) ?? []

/** The nonce of a mark that we made for this login; null: another's, or nobody's. */
function knownNonce(mark: string, login: string, digest: IdentityKeys['digest']): string | null {
  const [nonce = '', proof = ''] = mark.split('.')
  const right = Buffer.from(digest('browser', login, nonce))
  const given = Buffer.from(proof)
  return given.length === right.length && timingSafeEqual(given, right) ? nonce : null
}

type Deps = Parameters<typeof createLimits>[0]

/** A failure is put down first: however many guesses come at once, no more are looked at than may be. */
async function begin(deps: Deps, counted: readonly Counted[]): Promise<Ticket> {
  const now = deps.clock.now()
  const liftsAt = await deps.transact(async (tx) => {
    const counts = await deps.repo.lock(tx, keysOf(counted), now)
    const waits = counted.flatMap(({ key, limit }) => {
      const until = waitsUntil(countAt(counts.get(key) ?? null, limit, now), limit, now)
      return until === null ? [] : [until.getTime()]
    })
    if (waits.length > 0) return new Date(Math.max(...waits))
    for (const { key, limit } of counted) {
      const count = countAt(counts.get(key) ?? null, limit, now)
      await deps.repo.put(tx, key, afterFailure(count, limit, now))
    }
    return null
  })
  if (liftsAt !== null) throw new Refusal('SIGN_IN_WAITS', { liftsAt: liftsAt.toISOString() })
  return { wasRight: (tx) => forgive(tx, deps, counted) }
}

async function forgive(tx: Tx, deps: Deps, counted: readonly Counted[]): Promise<void> {
  const now = deps.clock.now()
  const counts = await deps.repo.lock(tx, keysOf(counted), now)
  for (const { key, limit, isForgotten } of counted) {
    const count = countAt(counts.get(key) ?? null, limit, now)
    // Somebody else's guesses at the account, or from the network, are not forgiven by one's own sign-in.
    await deps.repo.put(tx, key, isForgotten ? cleanCount(now) : withoutFailure(count))
  }
}

const keysOf = (counted: readonly Counted[]): string[] => counted.map(({ key }) => key)
