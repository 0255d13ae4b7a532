import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  insertInmate,
  insertSmallWorld,
  insertTemplate,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('../../../scripts/policy-what-if.mjs', import.meta.url))
const HOUR_MS = 3_600_000

let test: TestDatabase
let facilityName: string
let visitIds: string[]

beforeAll(async () => {
  test = await createTestDatabase()
  const { db } = test
  const { facility, terminal, visitor, inmate } = await insertSmallWorld(db)
  const { facilityId } = facility
  facilityName = facility.name
  await insertTerminal(db, { facilityId, name: 'Spare' })
  for (const startMinute of [540, 575, 610, 645]) {
    await insertTemplate(db, { facilityId, weekday: 1, startMinute, capacity: 2 })
  }
  const other = await insertInmate(db, { facilityId })
  const place = { facilityId, terminalId: terminal.terminalId }
  const first = new Date(Date.now() + 100 * HOUR_MS)
  const second = new Date(first.getTime() + HOUR_MS)
  const one = await insertVisit(db, {
    ...place,
    inmateId: inmate.inmateId,
    visitorIds: [visitor.visitorId],
    startsAt: first,
  })
  const two = await insertVisit(db, {
    ...place,
    inmateId: other.inmateId,
    visitorIds: [],
    startsAt: second,
  })
  visitIds = [one.visit.visitId, two.visit.visitId]
})
afterAll(() => test.drop())

function whatIf(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: test.url }
  return run(process.execPath, [SCRIPT, ...args], { env })
}

describe('npm run policy:what-if', () => {
  it('prints each terminal’s week, the change of bookings and who would be in the way', async () => {
    const { stdout } = await whatIf('--facility', facilityName, '--set', 'visitMinutes=60')
    expect(stdout).toContain(`What if, at ${facilityName}: visitMinutes=60`)
    // Two visits in four weeks: 35 minutes each before, 65 after, of 140 a week.
    expect(stdout).toMatch(/Terminal \w+ +A +2\.3 +0\.3 \(13 %\) +0\.5 \(23 %\)/)
    expect(stdout).toMatch(/Spare +A +2\.3 +0\.0 \(0 %\) +0\.0 \(0 %\)/)
    expect(stdout).toMatch(/places +8\.0 +4\.0/)
    expect(stdout).toMatch(/bookings +0\.5 +0\.5/)
    expect(stdout).toContain('1 booking to come would break:')
    expect(stdout).toContain(visitIds[0])
    expect(stdout).not.toContain(visitIds[1])
  })

  it('says what is known when it does not know a facility or a setting', async () => {
    const wrong = whatIf('--facility', facilityName, '--set', 'visitLength=30')
    await expect(wrong).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('visitMinutes: minutes of every social visit') as string,
    })
    await expect(whatIf('--facility', 'Nowhere', '--set', 'visitMinutes=30')).rejects.toMatchObject(
      {
        stderr: expect.stringContaining(`There are: ${facilityName}`) as string,
      },
    )
  })

  it('changes nothing', async () => {
    const before = await test.db.facility.findMany()
    await whatIf('--facility', facilityName, '--set', 'noticeDays=9', '--set', 'maxVisitors=1')
    expect(await test.db.facility.findMany()).toEqual(before)
  })
})
