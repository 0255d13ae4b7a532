import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAuthority } from '../../support/time-stamp-authority.ts'
import type { TestAuthority } from '../../support/time-stamp-authority.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const DAY_MS = 86_400_000

let world: RestWorld
let place: Place
let authority: TestAuthority
let folder: string
let app: RestWorld['app']
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  authority = await startAuthority()
  folder = await mkdtemp(join(tmpdir(), 'visavis-stamps-'))
  const ship = { ...ObjectStoreConfig.parse({}), RECORDINGS_DIR: folder }
  app = await world.another({ audit: { ...world.config.audit, ship, tsaUrl: authority.url } })
  await app.jobs.runNow('audit.checkpoint')
})
afterAll(async () => {
  await authority.close()
  await world.close()
  await rm(folder, { recursive: true })
})

const today = () => world.clock.now().toISOString().slice(0, 10)

describe('[TR-2] time stamps', () => {
  it('are made once a day over the newest checkpoints, and OpenSSL finds them good', async () => {
    await app.jobs.runNow('audit.stamp')
    await app.jobs.runNow('audit.stamp')
    const [stamp, ...more] = await world.db.auditTimeStamp.findMany()
    expect(more).toEqual([])
    const newest = await world.db.auditCheckpoint.findFirstOrThrow({
      orderBy: { signedAt: 'desc' },
    })
    expect(stamp?.text).toContain(newest.note)
    const [text, token] = ['txt', 'tsr'].map((end) =>
      join(folder, 'time-stamps', `${today()}.${end}`),
    )
    expect(await readFile(text ?? '', 'utf8')).toBe(stamp?.text)
    const verify = (data: string) =>
      spawnSync('openssl', [
        ...['ts', '-verify', '-data', data, '-in', token ?? '', '-CAfile', authority.certificate],
      ])
    expect(verify(text ?? '').stdout.toString()).toContain('Verification: OK')
    const changed = join(folder, 'changed')
    await writeFile(changed, `${stamp?.text} `)
    expect(verify(changed).status).not.toBe(0)
    const said = execFileSync('openssl', ['ts', '-reply', '-in', token ?? '', '-text']).toString()
    expect(said).toContain('Status: Granted')
  })

  it.each(['ERROR', 'OTHER'] as const)(
    'that cannot be had (%s) are told to people and tried again',
    async (trouble) => {
      world.clock.advance(DAY_MS)
      authority.answers = trouble
      await expect(app.jobs.runNow('audit.stamp')).rejects.toThrow(/time.stamp/)
      expect(await world.db.auditTimeStamp.count({ where: { day: new Date(today()) } })).toBe(0)
      const where = { kind: 'AUDIT_ALARM', facilityId: place.facilityId } as const
      expect(await world.db.task.count({ where })).toBe(1)
      authority.answers = 'STAMP'
      await app.jobs.runNow('audit.stamp')
      expect(await world.db.auditTimeStamp.count({ where: { day: new Date(today()) } })).toBe(1)
    },
  )
})
