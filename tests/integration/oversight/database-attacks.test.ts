import { type Database, newId } from '@visavis/prisma'
import { type GivenVisit, insertSmallVisit } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MONITOR_MODES, type MonitorMode } from '@visavis/contract/media-policy'
import { WATCH_KINDS, type WatchKind } from '@visavis/contract/media-permits'
import { answerTo } from '../database/refused.ts'
import { type AttackedTable, WAYS, type Way, attemptSql } from './support/sql-attack.ts'

let test: TestDatabase
let db: Database
const serverId = newId()
beforeAll(async () => {
  test = await createTestDatabase()
  db = test.db
  await db.wallServer.create({ data: { serverId, beatAt: new Date() } })
})
afterAll(() => test.drop())

async function aVisit(given: Partial<GivenVisit> = {}) {
  const { visit, officerAccount } = await insertSmallVisit(db, given)
  return { visitId: visit.visitId, accountId: officerAccount.accountId }
}
type Watched = Awaited<ReturnType<typeof aVisit>>
const rowOf = (of: Watched, kind: WatchKind, monitor: MonitorMode) => ({
  ...of,
  ...{ kind, monitor, serverId, observationId: newId(), observerId: newId() },
  beganAt: new Date(),
})
const watch = (of: Watched, kind: WatchKind, monitor: MonitorMode) =>
  db.observation.create({ data: rowOf(of, kind, monitor) })

const attempt = (way: Way, table: AttackedTable, sql: string) => attemptSql(db, { way, table, sql })
const insertSql = (of: Watched, kind: WatchKind, monitor: MonitorMode) => {
  const row = rowOf(of, kind, monitor)
  return `INSERT INTO observation (observation_id, visit_id, monitor, kind, account_id, observer_id,
    server_id, began_at) VALUES ('${row.observationId}', '${of.visitId}', '${monitor}', '${kind}',
    '${of.accountId}', '${row.observerId}', '${serverId}', now())`
}

describe('SQL as the application’s role', () => {
  it.each(WAYS)('[OV-1] [OV-2] watches nothing that may not be watched, %s', async (way) => {
    const hidden = await aVisit({ visitClass: 'privileged', monitor: 'NONE' })
    const seen = await aVisit({ visitClass: 'privileged', monitor: 'SIGHT_ONLY' })
    for (const kind of WATCH_KINDS) {
      for (const monitor of MONITOR_MODES) {
        const answer = await attempt(way, 'observation', insertSql(hidden, kind, monitor))
        expect(answer, `${kind} of NONE as ${monitor}`).toContain('observation_')
        const isTrue = monitor === 'SIGHT_ONLY' && kind !== 'SOUND'
        if (isTrue) continue
        const other = await attempt(way, 'observation', insertSql(seen, kind, monitor))
        expect(other, `${kind} of SIGHT_ONLY as ${monitor}`).toContain('observation_')
      }
    }
    expect(await db.observation.count({ where: { visitId: hidden.visitId } })).toBe(0)
    expect(await db.observation.count({ where: { visitId: seen.visitId } })).toBe(0)
  })

  it.each(WAYS)('[RC-1] records no privileged visit, %s', async (way) => {
    const { visitId } = await aVisit({ visitClass: 'privileged', monitor: 'SIGHT_ONLY' })
    for (const isPrivileged of [true, false]) {
      const recordingId = newId()
      const sql = `INSERT INTO recording (recording_id, visit_id, visit_is_privileged, epoch, started_at,
        folder) VALUES ('${recordingId}', '${visitId}', ${isPrivileged}, 1, now(), '${recordingId}')`
      expect(await attempt(way, 'recording', sql)).toContain('recording_')
    }
    expect(await db.recording.count({ where: { visitId } })).toBe(0)
  })

  it.each(WAYS)('[OV-1] makes nothing watchable of a privileged visit, %s', async (way) => {
    const { visitId } = await aVisit({ visitClass: 'privileged', monitor: 'NONE' })
    await db.visitSession.update({ where: { visitId }, data: { state: 'LIVE' } })
    const flips = [
      `monitor = 'AV'`,
      `is_recorded = true`,
      `is_recorded = true, monitor = 'AV'`,
      ...(way === 'without triggers' ? [] : [`visit_class = 'social'`, `monitor = 'SIGHT_ONLY'`]),
    ]
    for (const flip of flips) {
      const answer = await attempt(
        way,
        'visit',
        `UPDATE visit SET ${flip} WHERE visit_id = '${visitId}'`,
      )
      expect(answer, flip).toContain('visit_')
    }
    expect(await db.visit.findUnique({ where: { visitId } })).toMatchObject({
      visitClass: 'privileged',
      monitor: 'NONE',
      isRecorded: false,
    })
  })

  it('[OV-1] holds a visit that was watched to what may be seen of it, without triggers too', async () => {
    const of = await aVisit({ visitClass: 'official', monitor: 'AV', isRecorded: false })
    await watch(of, 'LIVE', 'AV')
    for (const way of ['openly', 'without triggers'] as const) {
      const sql = `UPDATE visit SET monitor = 'NONE' WHERE visit_id = '${of.visitId}'`
      expect(await attempt(way, 'visit', sql)).toContain('observation_visit_id_monitor_fkey')
    }
  })

  it.each(['openly', 'as a replica'] as const)(
    '[TR-1] [OV-7] changes and removes nothing of who watched what but an open end, once, %s',
    async (way) => {
      const of = await aVisit()
      const { observationId } = await watch(of, 'LIVE', 'AV')
      const where = `WHERE observation_id = '${observationId}'`
      const changes = [
        `SET account_id = (SELECT account_id FROM account WHERE account_id <> '${of.accountId}' LIMIT 1)`,
        `SET kind = 'STILLS'`,
        `SET began_at = began_at + interval '1 minute'`,
        `SET observer_id = gen_random_uuid(), ended_at = now() + interval '1 hour'`,
        `SET ended_at = began_at - interval '1 second'`,
      ]
      for (const change of changes) {
        expect(
          await attempt(way, 'observation', `UPDATE observation ${change} ${where}`),
        ).toContain('observation_')
      }
      const end = `UPDATE observation SET ended_at = began_at + interval '1 second' ${where}`
      expect(await attempt(way, 'observation', end)).toBe('stored')
      const over = [
        `UPDATE observation SET ended_at = began_at + interval '1 hour' ${where}`,
        `UPDATE observation SET ended_at = NULL ${where}`,
        `DELETE FROM observation ${where}`,
        'TRUNCATE observation',
      ]
      for (const sql of over) {
        expect(await attempt(way, 'observation', sql)).toContain('observation_stays')
      }
      expect(await db.observation.count({ where: { observationId } })).toBe(1)
    },
  )

  it('[OV-2] stores what is lawful', async () => {
    const social = await aVisit()
    for (const kind of WATCH_KINDS) expect(await answerTo(watch(social, kind, 'AV'))).toBe('stored')
    const sight = await aVisit({ visitClass: 'privileged', monitor: 'SIGHT_ONLY' })
    expect(await answerTo(watch(sight, 'LIVE', 'SIGHT_ONLY'))).toBe('stored')
  })
})
