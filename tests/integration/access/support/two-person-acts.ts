import { newId } from '@visavis/prisma'
import {
  insertAccount,
  insertRelationship,
  insertRestriction,
  insertRestrictionOverride,
  insertVisitor,
} from '@visavis/prisma/seed'
import type { RouteName } from '../../rest/samples/all.ts'
import { anIncident } from '../../rest/samples/incidents.ts'
import { aKeptVisit } from '../../rest/support/kept-visit.ts'
import type { Place } from '../../rest/support/people-and-places.ts'
import type { RestWorld } from '../../rest/support/rest-world.ts'

type Params = Record<string, string>
type Given = { readonly world: RestWorld; readonly place: Place; readonly askedBy: string }

/** A decision about what somebody else has asked for. */
export type TwoPersonAct = {
  readonly role: 'facilityAdmin' | 'scheduler' | 'operatorAdmin'
  /** Has it asked for; what names it in the decision's address. */
  readonly ask: (given: Given) => Promise<Params>
  readonly says: object
  /** The rule of the table of access that lets it through; its entry names it. */
  readonly rule?: string
  /** Whose decision it was, as it is stored. */
  readonly decidedBy: (given: { world: RestWorld; params: Params }) => Promise<string | null>
}

const YES = { isApproved: true, reason: 'It is so.' }
const DAY_MS = 86_400_000

/** Every decision that takes a second person, by its route. */
export const TWO_PERSON_ACTS = {
  decideExport: {
    role: 'facilityAdmin',
    rule: 'P-4',
    says: YES,
    ask: async (given) => {
      const { visitId, recordingId } = await aKeptVisit(given.world, given.place)
      await addManifest(given, recordingId)
      const exportId = newId()
      const said = { purpose: 'For the court', caseNumber: 'C-1', recipient: 'The court' }
      const row = { exportId, visitId, ...said, state: 'ASKED' as const, ...asked(given) }
      await given.world.db.recordingExport.create({ data: row })
      return { exportId }
    },
    decidedBy: async ({ world, params }) => {
      const where = { exportId: params['exportId'] ?? '' }
      return (await world.db.recordingExport.findUniqueOrThrow({ where })).decidedBy
    },
  },
  decideDestruction: {
    role: 'facilityAdmin',
    rule: 'P-11',
    says: YES,
    ask: async (given) => {
      const { visitId } = await aKeptVisit(given.world, given.place)
      const destructionId = newId()
      const said = { cause: 'EARLY', state: 'ASKED', reason: 'By mistake.' } as const
      await given.world.db.destruction.create({
        data: { destructionId, visitId, ...said, ...asked(given) },
      })
      return { destructionId }
    },
    decidedBy: async ({ world, params }) => {
      const where = { destructionId: params['destructionId'] ?? '' }
      return (await world.db.destruction.findUniqueOrThrow({ where })).decidedBy
    },
  },
  decideRelease: {
    role: 'facilityAdmin',
    rule: 'P-10',
    says: YES,
    ask: async (given) => {
      const { world, place, askedBy } = given
      const { visitId } = await aKeptVisit(world, place)
      const [holdId, placedAt] = [newId(), world.clock.now()]
      const placed = { placedAt, placedBy: place.accounts.officer, caseNumber: 'C-1' }
      const released = {
        releaseAskedBy: askedBy,
        releaseAskedAt: placedAt,
        releaseReason: 'It is over.',
      }
      const reviewOn = new Date(placedAt.getTime() + DAY_MS)
      await world.db.legalHold.create({
        data: { holdId, visitId, reason: 'A case.', reviewOn, ...placed, ...released },
      })
      return { holdId }
    },
    decidedBy: async ({ world, params }) => {
      const where = { holdId: params['holdId'] ?? '' }
      return (await world.db.legalHold.findUniqueOrThrow({ where })).releasedBy
    },
  },
  decideReset: {
    role: 'facilityAdmin',
    says: { isApproved: true },
    ask: async (given) => {
      const { facilityId } = given.place
      const { accountId } = await insertAccount(given.world.db, { role: 'scheduler', facilityId })
      const resetId = newId()
      const reason = 'The key is lost.'
      await given.world.db.accountReset.create({
        data: { resetId, accountId, reason, ...asked(given) },
      })
      return { resetId }
    },
    decidedBy: async ({ world, params }) => {
      const where = { resetId: params['resetId'] ?? '' }
      return (await world.db.accountReset.findUniqueOrThrow({ where })).decidedBy
    },
  },
  decideIncidentClosing: {
    role: 'operatorAdmin',
    says: YES,
    ask: async ({ world, place, askedBy }) => {
      const incidentId = await anIncident(
        { world: () => world, place: () => place },
        {
          ...{ closeAskedBy: askedBy, closeAskedAt: world.clock.now() },
          ...{ closeOutcome: 'FALSE_ALARM', closeReason: 'Nobody got in.' },
        },
      )
      return { incidentId }
    },
    decidedBy: async ({ world, params }) => {
      const where = { incidentId: params['incidentId'] ?? '' }
      return (await world.db.incident.findUniqueOrThrow({ where })).closedBy
    },
  },
  grantOverride: {
    role: 'scheduler',
    says: {},
    ask: async ({ world, place, askedBy }) => {
      const { facilityId, inmateId } = place
      const { visitorId } = await insertVisitor(world.db)
      const pair = { visitorId, inmateId }
      await insertRelationship(world.db, pair)
      const { restrictionId } = await insertRestriction(world.db, { facilityId, ...pair })
      const given = { restrictionId, ...pair, requestedBy: askedBy }
      const { overrideId } = await insertRestrictionOverride(world.db, given)
      return { overrideId }
    },
    decidedBy: async ({ world, params }) => {
      const where = { overrideId: params['overrideId'] ?? '' }
      return (await world.db.restrictionOverride.findUniqueOrThrow({ where })).grantedBy
    },
  },
} as const satisfies Partial<Record<RouteName, TwoPersonAct>>

/** Without a manifest nothing is given out. */
async function addManifest({ world }: Given, recordingId: string): Promise<void> {
  const row = { recordingId, number: 1, issuedAt: world.clock.now(), sha256: '', root: '' }
  const bytes = Buffer.from('{}')
  await world.db.recordingManifest.create({ data: { ...row, publicKey: '', bytes } })
}

const asked = ({ world, askedBy }: Given) => ({ askedBy, askedAt: world.clock.now() })
