import type { incidentRoutes } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import type { Prisma } from '@visavis/prisma'
import { dueDates } from '../../../../server/src/modules/incidents/incident-rules.ts'
import { ownTemplates } from '../../../../server/src/modules/incidents/letter-rules.ts'
import type { Sample, SampleMaker, SampleWorld } from './sample.ts'

const HOUR_MS = 3_600_000

/** Samples of the routes of `contract/http/incidents`; each is about an incident of its own. */
export function incidentSamples(
  given: SampleWorld,
): Record<keyof typeof incidentRoutes, SampleMaker> {
  const of = async (stands: Standing = {}): Promise<Sample> => ({
    params: { incidentId: await anIncident(given, stands) },
  })
  const ordered = () => ({
    lettersOrderedBy: given.place().accounts.operatorAdmin,
    lettersOrderedAt: given.world().clock.now(),
    letters: ownTemplates(),
  })
  return {
    incidents: async () => ({}),
    openIncident: async () => ({ payload: { ...SAID, ...spanOf(given), ...about(given) } }),
    incident: () => of(),
    workOutIncident: async () => ({
      ...(await of()),
      payload: { version: 0, systems: ['VISITS'], ...spanOf(given) },
    }),
    noteIncident: async () => ({ ...(await of()), payload: { text: 'The way in is closed.' } }),
    authorityTold: async () => ({ ...(await of()), payload: { reference: 'A-1' } }),
    incidentLetters: () => of(),
    sendIncidentLetters: async () => ({ ...(await of()), payload: { letters: ownTemplates() } }),
    incidentPapers: () => of(),
    printIncidentLetters: () => of(ordered()),
    lettersPrinted: () => of(ordered()),
    incidentReport: () => of(),
    askIncidentClosing: async () => ({
      ...(await of()),
      payload: { outcome: 'FALSE_ALARM', reason: 'Nobody got in.' },
    }),
    decideIncidentClosing: async () => ({
      ...(await of({
        ...{ closeAskedBy: given.place().accounts.officer, closeOutcome: 'FALSE_ALARM' },
        ...{ closeAskedAt: given.world().clock.now(), closeReason: 'Nobody got in.' },
      })),
      payload: { isApproved: true, reason: 'So it is.' },
    }),
  }
}

const SAID = { title: 'A lost laptop', description: 'It was signed in.' }

function spanOf({ world }: SampleWorld) {
  const now = world().clock.now().getTime()
  const [fromAt, toAt] = [new Date(now - HOUR_MS), new Date(now)].map((at) => at.toISOString())
  return { fromAt, toAt }
}

const about = ({ world, place }: SampleWorld) => ({
  ...{ systems: ['PEOPLE'], facilityIds: [place().facilityId] },
  discoveredAt: world().clock.now().toISOString(),
})

type Standing = Partial<Prisma.IncidentUncheckedCreateInput>

/** An incident of the place's operator that was worked out. */
export async function anIncident(given: SampleWorld, stands: Standing = {}): Promise<string> {
  const { operatorId, facilityId, accounts } = given.place()
  const now = given.world().clock.now()
  const { incidentId } = await given.world().db.incident.create({
    data: {
      ...{ incidentId: newId(), operatorId, ...SAID, systems: ['PEOPLE'] },
      ...{ fromAt: new Date(now.getTime() - HOUR_MS), toAt: now, facilityIds: [facilityId] },
      ...{ discoveredAt: now, ...dueDates(now), openedBy: accounts.operatorAdmin, openedAt: now },
      ...{ workState: 'DONE', workedOutAt: now, workMs: 1, entriesRead: 0, ...stands },
    },
  })
  return incidentId
}
