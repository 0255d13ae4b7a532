import { createDatabase, newId } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { grantAppRole } from '@visavis/prisma/app-role'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { answerTo } from './refused.ts'

let world: RestWorld
let place: Place
let role: string
let asApp: Database
let app: RestWorld['app']
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  role = `visavis_app_${newId().slice(-12)}`
  const url = new URL(world.config.databaseUrl)
  url.username = role
  url.password = 'of the test'
  await grantAppRole(world.config.databaseUrl, url.href)
  // After the next migration it is run again.
  await grantAppRole(world.config.databaseUrl, url.href)
  asApp = createDatabase(url.href, { poolSize: 4 })
  app = await world.another({ databaseUrl: url.href }, { db: asApp, jobs: 'run' })
})
afterAll(async () => {
  await app.close()
  await asApp.$disconnect()
  await world.db.$executeRawUnsafe(`REASSIGN OWNED BY ${role} TO CURRENT_USER`)
  await world.db.$executeRawUnsafe(`DROP OWNED BY ${role}`)
  await world.db.$executeRawUnsafe(`DROP ROLE ${role}`)
  await world.close()
})

const EVIDENCE = [
  ...['audit_entry', 'audit_tree_node', 'audit_checkpoint', 'audit_shipment'],
  ...['audit_cosignature', 'audit_key', 'audit_time_stamp', 'audit_verification'],
]

describe('[TR-2] the role that the server runs with', () => {
  it('does the service’s work: acts, entries, jobs and checkpoints', async () => {
    const cookie = await accountCookie(world, place.accounts.facilityAdmin)
    const answer = await app.inject({
      ...{ method: 'POST', url: `/api/terminals/${place.terminalId}/enrolment-codes` },
      headers: { cookie },
    })
    expect(answer.statusCode, answer.body).toBe(200)
    expect((await entriesOf(world.db, place.facilityId)).length).toBeGreaterThan(0)
    await app.jobs.runNow('audit.checkpoint')
    const note = await app.inject({ url: `/api/audit/checkpoints/${place.facilityId}` })
    expect(note.statusCode).toBe(200)
  })

  it.each(EVIDENCE)('adds to %s and reads it, and nothing else', async (table) => {
    const [column] = await world.db.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(column_name) AS name FROM information_schema.columns
      WHERE table_name = ${table} ORDER BY ordinal_position LIMIT 1`
    const refused = [
      `UPDATE ${table} SET ${column?.name} = ${column?.name}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `DROP TABLE ${table} CASCADE`,
    ]
    for (const statement of refused) {
      const answer = await answerTo(asApp.$executeRawUnsafe(statement))
      expect(answer, statement).toMatch(/permission denied|must be owner/)
    }
    await asApp.$queryRawUnsafe(`SELECT count(*) FROM ${table}`)
  })

  it('cannot say that triggers do not concern it, nor give itself rights', async () => {
    for (const statement of [
      'SET session_replication_role = replica',
      `ALTER ROLE ${role} SUPERUSER`,
      'CREATE OR REPLACE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    ]) {
      const answer = await answerTo(asApp.$executeRawUnsafe(statement))
      expect(answer, statement).toMatch(/permission denied|must be owner/)
    }
    // PostgreSQL only warns whoever gives what is not theirs.
    await asApp.$executeRawUnsafe(`GRANT UPDATE ON audit_entry TO ${role}`)
    expect(
      await asApp.$queryRaw`SELECT has_table_privilege('audit_entry', 'UPDATE') AS may`,
    ).toEqual([{ may: false }])
  })

  it('is another than the owner, and has a password', async () => {
    const { databaseUrl } = world.config
    await expect(grantAppRole(databaseUrl, databaseUrl)).rejects.toThrow('APP_DATABASE_URL')
  })
})
