import { panic } from '@visavis/contract/errors'
import { createObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Tasks } from '../tasks/index.ts'
import { alarmsRepo } from './alarms.repo.ts'
import { createAuditAlarms } from './alarms.service.ts'
import { readAuditKey, readHandOver } from './audit-key.ts'
import { bindAuditReader, bindPublicLog } from './audit-log.routes.ts'
import { createAuditProofs } from './audit-proofs.ts'
import type { AuditProofs } from './audit-proofs.ts'
import { createCareRepo } from './care.repo.ts'
import { createCareState } from './care.service.ts'
import type { AuditHealth } from './care.service.ts'
import { createCheckpointsRepo } from './checkpoints.repo.ts'
import { createCheckpoints } from './checkpoints.service.ts'
import { createEntriesRepo } from './entries.repo.ts'
import { createAuditKeys } from './keys.service.ts'
import { readVerifierKey } from './note.ts'
import { createPublicLog } from './public-log.service.ts'
import { createAuditReader } from './reader.service.ts'
import { createShipping } from './shipping.service.ts'
import { createSignerMemory } from './signer-memory.ts'
import { createHttpAuthority, createTimeStamps } from './time-stamps.service.ts'
import { createVerification } from './verification.service.ts'

export type { AuditProofs, ProvedEntries } from './audit-proofs.ts'
export type { AuditHealth } from './care.service.ts'

/** What others use of the log besides writing into it. */
export type AuditLog = {
  readonly proofs: AuditProofs
  /** How the log is looked after, for an operator. */
  readonly health: () => Promise<AuditHealth>
  readonly close: () => void
}

const EVERY_MINUTE = '* * * * *'
/** The day's stamp, tried again each hour until it is there. */
const EVERY_HOUR = '17 * * * *'
/** At night, when nobody is in a visit; UTC. */
const ONCE_A_NIGHT = '23 3 * * *'

/** Puts checkpoints, witnesses, stamps and the auditor's reader on the server (TR-2). */
export function addAuditLog(
  ground: ModuleGround,
  { tasks, verifierFile }: { readonly tasks: Tasks; readonly verifierFile: string },
): AuditLog {
  const { bind, db, config, jobs } = ground
  const log = ground.log.child({ module: 'audit-log' })
  const given = { ...ground, log, tasks, issuer: config.publicOrigin, verifierFile }
  const parts = {
    repo: createCheckpointsRepo(db),
    entries: createEntriesRepo(db),
    care: createCareRepo(db),
  }
  const alarms = createAuditAlarms({ ...given, repo: alarmsRepo })
  const signing = createSigning({ ...given, ...parts, alarms })
  const { place, checkpoints, keys } = signing
  const shipping = createShipping({ ...given, ...parts, alarms, place })
  const authority = config.audit.tsaUrl === null ? null : createHttpAuthority(config.audit.tsaUrl)
  const stamps = createTimeStamps({ ...given, ...parts, alarms, shipping, authority })
  const proofs = createAuditProofs({ ...given, ...parts, checkpoints })
  const care = createCareState({ ...given, ...parts, shipping, stamps })
  const witnesses = config.audit.witnesses.map((key) => readVerifierKey(key) ?? panic('no witness'))
  bindPublicLog(bind, createPublicLog({ ...given, ...parts, keys, witnesses }))
  const reader = createAuditReader({ ...given, ...parts, proofs, care })
  bindAuditReader(bind, reader, { ...given, ...parts, checkpoints, keys })
  const verification = createVerification({ ...given, ...parts, checkpoints: parts.repo, alarms })
  jobs.handle('audit.checkpoint', async () => {
    await checkpoints.all()
    await shipping.ship()
  })
  jobs.every('audit.checkpoint', EVERY_MINUTE)
  jobs.handle('audit.stamp', () => stamps.stamp())
  jobs.every('audit.stamp', EVERY_HOUR)
  jobs.handle('audit.verify', () => verification.all())
  jobs.every('audit.verify', ONCE_A_NIGHT)
  soonAfterMany(given)
  return { proofs, health: care.health, close: () => signing.close() }
}

type Parts = { readonly repo: ReturnType<typeof createCheckpointsRepo> } & Pick<
  ModuleGround,
  'config' | 'transact' | 'audit' | 'clock' | 'log'
> & { readonly alarms: ReturnType<typeof createAuditAlarms>; readonly issuer: string }

function createSigning(given: Parts) {
  const { keyFile, ship } = given.config.audit
  const key = readAuditKey(keyFile)
  const signer = { ...key, name: new URL(given.issuer).host }
  const keys = createAuditKeys({ ...given, signer, handOverNote: () => readHandOver(keyFile) })
  const memory = createSignerMemory(`${keyFile}.signed`)
  const checkpoints = createCheckpoints({ ...given, signer, keys, memory })
  const place = ship === null ? null : createObjectStore(ship)
  return { keys, checkpoints, place, close: () => place?.close() }
}

/** A log that has grown by many entries does not wait for the minute. */
function soonAfterMany({
  audit,
  jobs,
  db,
  log,
}: Pick<ModuleGround, 'audit' | 'jobs' | 'db' | 'log'>): void {
  audit.onGrown(() => {
    jobs.send(db, 'audit.checkpoint', {}, { singletonKey: 'grown' }).catch((error: unknown) => {
      log.warn({ err: error }, 'a checkpoint waits for its minute')
    })
  })
}
