import type { PgBoss, QueueOptions, QueueResult } from 'pg-boss'

/** What is done later, or by the clock; each is safe to run twice. */
export const JOB_NAMES = [
  'notice.send',
  'reminders.queue',
  'holds.expire',
  'slots.fill',
  'waiting.offer',
  'rebooking.run',
  'quota.grant',
  'eligibility.recheck',
  'keys.purge',
  'signIns.purge',
  'documents.sweep',
  'preflight.watch',
  'terminals.watch',
  'canary.run',
  'retention.run',
  'recordings.check',
  'recordings.seal',
  'exports.build',
  'exports.expire',
  'audit.checkpoint',
  'audit.stamp',
  'audit.verify',
  'dataExports.build',
  'dataExports.expire',
  'incidents.workOut',
  'incidents.letters',
  'incidents.watch',
  'personalData.run',
  'erasures.run',
] as const
export type JobName = (typeof JOB_NAMES)[number]

/** Somebody waits for what these do; the others have a minute. */
const AWAITED: ReadonlySet<JobName> = new Set([
  'notice.send',
  'waiting.offer',
  'rebooking.run',
  'exports.build',
  'dataExports.build',
  'incidents.workOut',
])

/** How long after its commit a job may wait to be seen; an idle queue costs one query each time. */
export const pollSecondsOf = (name: JobName): number => (AWAITED.has(name) ? 1 : 5)

/** Unique among the jobs that wait (not those that run), by `singletonKey`. */
const POLICY = 'short'
/**
 * After 5, 10, 20 s …, never more than 15 min apart: half a day in all, so that an outage of a mail
 * server or of ours is waited out. A worker that is silent for 30 s is dead, and its job another's.
 */
const OPTIONS = {
  retryLimit: 50,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 15 * 60,
  expireInSeconds: 10 * 60,
  heartbeatSeconds: 30,
  deleteAfterSeconds: 86_400,
} satisfies QueueOptions

/** Brings the queues up to this version of ours; several servers may do so at once. */
export async function keepQueues(boss: PgBoss): Promise<void> {
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  for (const name of JOB_NAMES) {
    const queue = known.get(name)
    if (queue === undefined) await boss.createQueue(name, { policy: POLICY, ...OPTIONS })
    else if (!isUpToDate(queue)) await boss.updateQueue(name, OPTIONS)
  }
}

function isUpToDate(queue: QueueResult): boolean {
  const names = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]
  return names.every((name) => queue[name] === OPTIONS[name])
}
