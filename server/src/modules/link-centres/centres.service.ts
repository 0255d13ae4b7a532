import { Refusal } from '@visavis/contract/errors'
import { OpeningHours } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { CentreRow, CentresRepo } from './centres.repo.ts'
import { openingHoursInOrder, openingHoursProblems } from './opening-hours-rules.ts'

/** A link centre without its rooms; hours are local to `timeZone`. */
export type Centre = Pick<CentreRow, 'linkCentreId' | 'name' | 'address' | 'timeZone'> & {
  readonly openingHours: OpeningHours
}

/** Use cases of link centres as places. */
export type CentresService = ReturnType<typeof createCentresService>

export function createCentresService({ repo, audit }: { repo: CentresRepo; audit: Audit }) {
  return {
    /** The centres of every estate that the actor has to do with, by name. */
    list: async (actor: AccountActor) => {
      const rows = await repo.centresOf(await estatesOf(actor, repo))
      return rows.map((row) => ({ ...centreOf(row), rooms: row._count.rooms }))
    },
    /** The host's own centre. */
    own: async (actor: AccountActor): Promise<Centre> => centreOf(await ownCentre(actor, repo)),
    /** Replaces the own centre's hours; a stretch that makes no sense is `BAD_REQUEST` with its field. */
    setOpeningHours: async (
      tx: Tx,
      { actor, requestId, ...given }: { actor: AccountActor; requestId: string } & Hours,
    ): Promise<Hours> => {
      const fields = openingHoursProblems(given.openingHours)
      if (fields.length > 0) throw new Refusal('BAD_REQUEST', { fields })
      const linkCentreId = requireCentre(actor)
      const openingHours = openingHoursInOrder(given.openingHours)
      await repo.setOpeningHours(tx, linkCentreId, openingHours)
      await audit.append(tx, {
        facilityId: null,
        actor: auditActorOf(actor),
        action: 'linkCentre.setOpeningHours',
        object: { type: 'linkCentre', objectId: linkCentreId },
        outcome: 'allow',
        requestId,
        detail: { openingHours },
      })
      return { openingHours }
    },
  }
}

type Hours = { readonly openingHours: OpeningHours }

/** TR-3: the host's own centre; nobody whose account names none gets through. */
export function requireCentre({ linkCentreId }: AccountActor): string {
  if (linkCentreId === null) throw new Refusal('FORBIDDEN')
  return linkCentreId
}

async function ownCentre(actor: AccountActor, repo: CentresRepo): Promise<CentreRow> {
  const row = await repo.centre(requireCentre(actor))
  if (!row) throw new Refusal('FORBIDDEN')
  return row
}

async function estatesOf(actor: AccountActor, repo: CentresRepo): Promise<string[]> {
  if (actor.visitorId !== null) return repo.estatesOfVisitor(actor.visitorId)
  if (actor.linkCentreId !== null) return [(await ownCentre(actor, repo)).estateId]
  return actor.facilityId === null ? [] : repo.estatesOfFacility(actor.facilityId)
}

function centreOf({ linkCentreId, name, address, timeZone, openingHours }: CentreRow): Centre {
  const hours = OpeningHours.parse(openingHours)
  return { linkCentreId, name, address, timeZone, openingHours: hours }
}
