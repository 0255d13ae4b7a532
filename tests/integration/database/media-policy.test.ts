import { type Database, newId } from '@visavis/prisma'
import { type GivenVisit, insertSmallVisit } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

describe('what the database refuses to let be seen or kept', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
  })
  afterAll(() => test.drop())

  const newVisit = async (given: Partial<GivenVisit> = {}): Promise<string> => {
    return (await insertSmallVisit(db, given)).visit.visitId
  }
  const record = (visitId: string, given: { visitIsPrivileged?: boolean } = {}) => {
    const recordingId = newId()
    const row = { recordingId, visitId, epoch: 1, startedAt: new Date(), folder: recordingId }
    return db.recording.create({ data: { ...row, ...given } })
  }
  const withoutTriggers = async <T>(table: 'visit' | 'recording', work: () => Promise<T>) => {
    await db.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    const result = await work()
    await db.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    return result
  }
  const changeVisit = (visitId: string, data: Parameters<Database['visit']['update']>[0]['data']) =>
    db.visit.update({ where: { visitId }, data })

  it('[RC-1] a recording of a privileged visit, even with its triggers switched off', async () => {
    const visitId = await newVisit({ visitClass: 'privileged' })
    expect(await answerTo(record(visitId))).toContain('recording_was_decided')
    const answers = await withoutTriggers('recording', async () => [
      await answerTo(record(visitId)),
      await answerTo(record(visitId, { visitIsPrivileged: true })),
    ])
    expect(answers[0]).toContain('recording_visit_id_visit_is_privileged_fkey')
    expect(answers[1]).toContain('recording_never_privileged')
  })

  it('[RC-1] a recording of a visit that nobody decided to record', async () => {
    const visitId = await newVisit({ isRecorded: false })
    expect(await answerTo(record(visitId))).toContain('recording_was_decided')
  })

  it('[RC-1] another class for a recorded visit, even with its triggers switched off', async () => {
    const visitId = await newVisit()
    await record(visitId)
    const flip = () =>
      answerTo(
        changeVisit(visitId, { visitClass: 'privileged', monitor: 'NONE', isRecorded: false }),
      )
    expect(await flip()).toContain('visit_class_is_final')
    expect(await withoutTriggers('visit', flip)).toContain('recording_visit_id_visit_is_privileged')
  })

  it('[OV-1] another class for a privileged visit', async () => {
    const visitId = await newVisit({ visitClass: 'privileged' })
    expect(await answerTo(changeVisit(visitId, { visitClass: 'social' }))).toContain(
      'visit_class_is_final',
    )
  })

  it('[OV-1] sound or a record of a privileged visit; pictures only are lawful', async () => {
    const visitClass = 'privileged'
    expect(await answerTo(newVisit({ visitClass, monitor: 'AV' }))).toContain(
      'visit_privileged_is_not_heard',
    )
    expect(await answerTo(newVisit({ visitClass, isRecorded: true }))).toContain('visit_')
    expect(await answerTo(newVisit({ visitClass, monitor: 'SIGHT_ONLY' }))).toBe('stored')
  })

  it('[OV-2] a record of what nobody may hear', async () => {
    const visit = newVisit({ visitClass: 'official', monitor: 'SIGHT_ONLY', isRecorded: true })
    expect(await answerTo(visit)).toContain('visit_recorded_is_monitored')
  })

  it('[OV-1] another policy once people are let near the media', async () => {
    const visitId = await newVisit({ isRecorded: false })
    const decide = () => answerTo(changeVisit(visitId, { isRecorded: true }))
    expect(await decide()).toBe('stored')
    await changeVisit(visitId, { isRecorded: false })
    await db.visitSession.update({ where: { visitId }, data: { state: 'ID_CHECK' } })
    expect(await decide()).toContain('visit_media_policy_is_final')
  })
})
