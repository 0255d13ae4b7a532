import type { FastifyInstance } from 'fastify'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createObjectStore } from '@visavis/platform/object-store/index'
import type { Database } from '@visavis/prisma'
import type { ServerConfig } from './config.ts'
import { addAccounts } from './modules/accounts/index.ts'
import { addAdvice } from './modules/advice/index.ts'
import { addAuditLog } from './modules/audit-log/index.ts'
import type { AuditProofs } from './modules/audit-log/index.ts'
import type { Audit } from './modules/audit/index.ts'
import { addBooking } from './modules/booking/index.ts'
import { addCertificates } from './modules/certificates/index.ts'
import { addEligibility } from './modules/eligibility/index.ts'
import { addExports } from './modules/exports/index.ts'
import { addFacilities } from './modules/facilities/index.ts'
import {
  actorIdOf,
  addSignInPurge,
  askingOf,
  bindIdentityRoutes,
  reachOf,
  requireAccess,
} from './modules/identity/index.ts'
import type { Actor, ActorByAccess, Identity } from './modules/identity/index.ts'
import { addInterpreters } from './modules/interpreters/index.ts'
import { addIncidents } from './modules/incidents/index.ts'
import { addInbox } from './modules/inbox/index.ts'
import { addLedger } from './modules/ledger/index.ts'
import { addLifeEvents } from './modules/life-events/index.ts'
import { addLinkCentres } from './modules/link-centres/index.ts'
import { addMyData } from './modules/my-data/index.ts'
import { addPrivacy } from './modules/privacy/index.ts'
import { bindStills } from './modules/monitoring/index.ts'
import { addNotifications } from './modules/notifications/index.ts'
import { addOfficers } from './modules/officers/index.ts'
import { addOperations } from './modules/operations/index.ts'
import { addOversight } from './modules/oversight/index.ts'
import { addPeople } from './modules/people/index.ts'
import { addPersonalData } from './modules/personal-data/index.ts'
import { createPolicy } from './modules/policy/index.ts'
import type { Policy } from './modules/policy/index.ts'
import { addPreflight } from './modules/preflight/index.ts'
import { addReadyTexts } from './modules/ready-texts/index.ts'
import { addReceipts } from './modules/receipts/index.ts'
import { addRecordingProofs, createRecordingKeys } from './modules/recordings/index.ts'
import { addRetention } from './modules/retention/index.ts'
import { addReviews } from './modules/reviews/index.ts'
import { addFacilitySettings } from './modules/settings/index.ts'
import { createTasks } from './modules/tasks/index.ts'
import type { Tasks } from './modules/tasks/index.ts'
import { addTerminals } from './modules/terminals/index.ts'
import { createTimeline } from './modules/timeline/index.ts'
import { addTimetable } from './modules/timetable/index.ts'
import { addVisitSummaries } from './modules/visits/visit-summaries.routes.ts'
import { createBindRoute } from './platform/bind-route.ts'
import type { Jobs } from './platform/jobs.ts'
import { addKeyPurge } from './platform/key-purge.ts'
import type { ModuleGround } from './platform/module-ground.ts'
import { createOnce } from './platform/once.ts'
import { createTransact } from './platform/transact.ts'
import { VERIFIER_FILE } from './verifier-file.ts'

type Given = {
  readonly config: ServerConfig
  readonly db: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly identity: Identity
  readonly log: Logger
  readonly jobs: Jobs
}

/** What the live side asks of the scheduling side. */
export type Scheduling = ReturnType<typeof addScheduling>

/** Puts every module on the server; each is given the modules that it uses, and no other. */
export function addRoutes(scope: FastifyInstance, given: Given): Scheduling {
  const { identity } = given
  const transact = createTransact(given.db)
  const bind = createBindRoute<ActorByAccess>(scope, groundOf(given))
  bindIdentityRoutes(bind, identity)
  addFacilities(bind, given)
  addVisitSummaries(bind, given)
  addKeyPurge(given)
  addSignInPurge(given)
  const scheduling = addScheduling({ ...given, bind, transact })
  scope.addHook('onClose', async () => {
    scheduling.reviews.close()
    scheduling.store.close()
    scheduling.auditLog.close()
    scheduling.operations.close()
  })
  return scheduling
}

function addScheduling(ground: ModuleGround) {
  const policy = createPolicy(ground.db, ground.clock)
  const tasks = createTasks(ground)
  const notices = addNotifications(ground, { tasks, policy })
  addAccounts(ground, { notices })
  const ledger = addLedger(ground, { policy })
  const eligibility = addEligibility(ground, { policy, ledger, tasks })
  const timetable = addTimetable(ground, { policy, tasks })
  const shared = { policy, tasks, notices, ledger, eligibility, timetable }
  const booking = addBooking(ground, shared)
  addInbox(ground, { booking })
  addReadyTexts(ground)
  addFacilitySettings(ground, { policy })
  addAdvice(ground)
  addInterpreters(ground, { booking, eligibility })
  addOfficers(ground)
  const stills = bindStills(ground.bind)
  const oversight = addOversight(ground, { policy })
  const auditLog = addAuditLog(ground, { tasks, verifierFile: VERIFIER_FILE })
  const recorded = addRecorded(ground, { tasks, policy, auditProofs: auditLog.proofs })
  const operations = addOperations(ground, { store: recorded.store })
  addTerminals(ground, { tasks })
  const lifeEvents = addLifeEvents(ground, { ...shared, booking })
  const { personalFiles } = addPeople(ground, { ...shared, lifeEvents })
  addPersonalData(ground)
  addIncidents(ground, { tasks, notices })
  const dataExports = addMyData(ground, { store: recorded.store, notices, people: personalFiles })
  addPrivacy(ground, { tasks, dataExports })
  addLinkCentres(ground, { ...shared, statements: addReceipts(ground.bind, ground) })
  const preflight = addPreflight(ground, { lifeEvents })
  const certificates = addCertificates(ground, { tasks })
  return {
    certificates,
    oversight,
    eligibility,
    ledger,
    tasks,
    preflight,
    stills,
    auditLog,
    operations,
    ...recorded,
  }
}

/** Recordings once they are made: kept, proved, reviewed, given out and destroyed (RC). */
function addRecorded(
  ground: ModuleGround,
  given: { tasks: Tasks; policy: Policy; auditProofs: AuditProofs },
) {
  const { db, clock, config } = ground
  const store = createObjectStore(config.objectStore)
  const { keysDir, keyRoot: rootKey } = config
  const keys = createRecordingKeys({ db, keysDir, rootKey, clock })
  const timeline = createTimeline(db)
  const proofs = addRecordingProofs(ground, { store, tasks: given.tasks, timeline })
  const reviews = addReviews(ground, { ...given, store, keys, sealAgain: proofs.sealAgain })
  addRetention(ground, { ...given, store, keys })
  const { sealAgain } = proofs
  addExports(ground, { ...given, store, keys, sealAgain, verifierFile: VERIFIER_FILE })
  return { store, keys, proofs, reviews }
}

function groundOf(given: Given): Parameters<typeof createBindRoute>[1] {
  const onceOf = createOnce({ ...given, transact: createTransact(given.db) })
  return {
    authorise: async (request, route) => {
      const { access } = route
      if (access.kind === 'public') return requireAccess(null, access)
      const { cookie } = request.headers
      const device = given.identity.terminalPages.wordOf(askingOf(request))
      const asked = { isByMachine: route.isByMachine ?? false, device, requestId: request.id }
      const actor = await given.identity.actorOfCookies(cookie, access.kind, asked)
      return requireAccess(actor, access, route)
    },
    onceOf: (actor, write) => onceOf(actorIdOf(actor as Actor), write),
    reachOf: (actor) => reachOf(actor as Actor | null),
  }
}
