import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { actorIdOf, auditActorOf, requireAccess } from '../identity/index.ts'
import type { AccountActor, Actor, ActorOfCookies, Asked } from '../identity/index.ts'
import { BEGIN_ACTIONS } from './observation-rules.ts'
import type { Denied } from './observer-rules.ts'

type Deps = {
  readonly actorOfCookies: ActorOfCookies
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

/** Who may come to a wall; everybody else who is known is entered in the log (TR-1, TR-3). */
export type WallDoor = {
  /** The officer behind these cookies now; refuses everybody else. */
  readonly authorise: (cookieHeader: string | undefined, asked?: Asked) => Promise<AccountActor>
  /** The same for a new connection: a denied one is noted. */
  readonly admit: (cookieHeader: string | undefined) => Promise<AccountActor>
  /** Notes that somebody was denied a wall; where it cannot be stored, the denial stands. */
  readonly noteDenied: (actor: Actor, why: Refusal) => Promise<void>
  /** Likewise, that somebody was denied the pictures of a visit. */
  readonly noteDeniedVisit: (actor: AccountActor, denied: Denied) => Promise<void>
}

/** One who knocks again and again is noted once in this time, so that nobody fills the log. */
const NOTED_AGAIN_MS = 60_000
/** How many are remembered; whoever was forgotten is noted anew. */
const MOST_REMEMBERED = 1_000

export function createWallDoor(deps: Deps): WallDoor {
  const isDue = rememberLately(deps.clock)
  const authorise: WallDoor['authorise'] = async (cookie, asked) =>
    requireAccess(await deps.actorOfCookies(cookie, 'account', asked), {
      kind: 'account',
      roles: ['officer'],
    })
  const note = async (actor: Actor, { code, visitId }: NotedDenial): Promise<void> => {
    if (!isDue([actorIdOf(actor), code, visitId].join(' '))) return
    await enterDenied(deps, actor, { code, visitId }).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a denied wall is not in the log')
    })
  }
  const noteDenied: WallDoor['noteDenied'] = (actor, { code }) =>
    note(actor, { code, visitId: null })
  return {
    authorise,
    noteDenied,
    noteDeniedVisit: note,
    async admit(cookie) {
      try {
        return await authorise(cookie, { isByMachine: true })
      } catch (error) {
        const actor = await knownActor(deps, cookie)
        if (error instanceof Refusal && actor) await noteDenied(actor, error)
        throw error
      }
    },
  }
}

async function knownActor(
  { actorOfCookies }: Deps,
  cookie: string | undefined,
): Promise<Actor | null> {
  for (const kind of ['account', 'inmate', 'terminal'] as const) {
    // Only to say in the log who it was that was not let in.
    const actor = await actorOfCookies(cookie, kind, { device: { kind: 'NAME_ONLY' } })
    if (actor) return actor
  }
  return null
}

type NotedDenial = { readonly code: ErrorCode; readonly visitId: string | null }

async function enterDenied(
  { transact, audit }: Deps,
  actor: Actor,
  { code, visitId }: NotedDenial,
): Promise<void> {
  const { facilityId } = actor
  const wall = facilityId
    ? { type: 'facility', objectId: facilityId }
    : { type: 'wall', objectId: 'wall' }
  await transact((tx) =>
    audit.append(tx, {
      facilityId,
      actor: auditActorOf(actor),
      action: visitId ? BEGIN_ACTIONS.STILLS : 'wall.open',
      object: visitId ? { type: 'visit', objectId: visitId, visitId } : wall,
      outcome: 'deny',
      reason: code,
    }),
  )
}

function rememberLately(clock: Clock): (what: string) => boolean {
  const notedAtMs = new Map<string, number>()
  return (what) => {
    const nowMs = clock.now().getTime()
    const before = notedAtMs.get(what)
    if (before !== undefined && nowMs - before < NOTED_AGAIN_MS) return false
    if (notedAtMs.size >= MOST_REMEMBERED) notedAtMs.clear()
    notedAtMs.set(what, nowMs)
    return true
  }
}
