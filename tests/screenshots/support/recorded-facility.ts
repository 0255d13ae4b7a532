import { randomUUID } from 'node:crypto'
import { newId } from '@visavis/prisma'
import { insertVisit } from '@visavis/prisma/seed'
import { makeClip } from '../../media/rtp-clip.ts'
import type { Clip, ClipLook } from '../../media/rtp-clip.ts'
import type { Demo } from '../../support/demo.ts'
import { mediaFilesOf } from '../../support/known-media.ts'
import type { KnownPerson } from '../../support/known-media.ts'
import type { Planted, Planting } from '../../support/planted-recordings.ts'
import { aSignIn } from '../../support/sign-in.ts'
import { until } from '../../support/until.ts'
import { PORTRAIT_INMATE, PORTRAIT_VISITOR } from '../portraits.ts'

/** A facility in which recordings have been made, watched, held, exported and destroyed. */
export type RecordedFacility = {
  /** The visit with pictures, sound, a gap, flags, acts, notes and copies. */
  readonly main: Planted
}

type Scene = {
  readonly origin: string
  readonly demo: Demo
  readonly planting: Planting
  readonly folder: string
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const CLIP_S = 20
const LENGTH_MS = 6 * MINUTE_MS
/** The recorder died in the fourth minute and was back some seconds later. */
const PARTS = [
  { fromMs: 0, toMs: 228_000 },
  { fromMs: 236_000, toMs: LENGTH_MS },
]
const LISTED = 40
const LONG_REASON =
  'The public prosecutor’s office of the second district has asked for everything that was said between the two about the parcel, and the court has not decided on it yet.'

/** Makes it all, the visits through planting and what people did through the server's own routes. */
export async function aRecordedFacility(scene: Scene): Promise<RecordedFacility> {
  const clips = await portraitClips(scene.folder)
  const yesterday = new Date(Date.now() - DAY_MS)
  const main = await plantOne(scene, {
    ...{ clips, startsAt: yesterday, lengthMs: LENGTH_MS, daysLeft: 66, parts: PARTS },
  })
  await addCourse(scene, main, yesterday)
  const short = [2, 3, 4].map((daysAgo) =>
    plantOne(scene, {
      ...{ clips, lengthMs: CLIP_S * 1_000, daysLeft: 60 + daysAgo },
      startsAt: new Date(Date.now() - daysAgo * DAY_MS),
    }),
  )
  const [held, early, gone] = await Promise.all(short)
  await addListed(scene)
  const people = await peopleOf(scene)
  if (held && early && gone) await keepAndDestroy(people, { held, early, gone, main })
  await exportSome(scene, people, main)
  await scene.demo.db.playSession.updateMany({
    data: { createdAt: new Date(Date.now() - 91 * DAY_MS) },
  })
  return { main }
}

/** Two portraits that speak in turn. */
async function portraitClips(folder: string): Promise<{ VISITOR: Clip; INMATE: Clip }> {
  // Syllables four a second; each speaks in their own part of the loop.
  const sound = (toneHz: number, parts: string): readonly string[] => [
    ...['-f', 'lavfi', '-i'],
    `aevalsrc='0.5*sin(2*PI*${toneHz}*t)*abs(sin(2*PI*2*t))*abs(sin(0.9*t))*(${parts})':s=48000`,
  ]
  const look = (person: KnownPerson, parts: string): ClipLook => ({
    ...{ name: person.key, bitrate: '500k', keyEvery: 60 },
    picture: ['-stream_loop', '-1', '-i', mediaFilesOf(person, folder).videoFile],
    sound: sound(person.toneHz / 3, parts),
  })
  const during = (from: number, to: number): string => `between(t\\,${from}\\,${to})`
  return {
    VISITOR: await makeClip(
      folder,
      CLIP_S,
      look(PORTRAIT_VISITOR, `${during(0.5, 5)}+${during(12, 14)}`),
    ),
    INMATE: await makeClip(
      folder,
      CLIP_S,
      look(PORTRAIT_INMATE, `${during(5.5, 11)}+${during(15, 19)}`),
    ),
  }
}

type OneVisit = {
  readonly clips: { readonly VISITOR: Clip; readonly INMATE: Clip }
  readonly startsAt: Date
  readonly lengthMs: number
  readonly daysLeft: number
  readonly parts?: readonly { readonly fromMs: number; readonly toMs: number }[]
}

function plantOne({ planting, demo: { visit } }: Scene, one: OneVisit): Promise<Planted> {
  const { facilityId, terminalId, inmateId, visitorId } = visit
  const { clips, daysLeft, ...times } = one
  return planting.plant({
    ...{ ...times, facilityId, terminalId, inmateId, visitorIds: [visitorId] },
    clips: { ...clips, clipMs: CLIP_S * 1_000 },
    destroyAfter: new Date(Date.now() + daysLeft * DAY_MS),
  })
}

/** What officers and a reviewer did about the visit. */
async function addCourse({ demo }: Scene, planted: Planted, startsAt: Date): Promise<void> {
  const { db } = demo
  const { visitId, seatIdOf } = planted
  const at = (second: number): Date => new Date(startsAt.getTime() + second * 1_000)
  const note = (second: number, kind: string, more: { seatId?: string; detail?: object } = {}) => ({
    ...{ entryId: newId(), visitId, at: at(second), kind, seatId: more.seatId ?? null },
    detail: more.detail ?? {},
  })
  const seatId = seatIdOf('VISITOR')
  await db.timelineEntry.createMany({
    data: [
      note(48, 'HELP_CALLED', { seatId }),
      note(55, 'HELP_ANSWERED', { seatId }),
      note(131, 'WARNED', { seatId, detail: { code: 'CONDUCT' } }),
      note(139, 'WARNING_SEEN', { seatId }),
    ],
  })
  const { accountId } = demo.staff('officer')
  const flag = (second: number, category: 'THREAT' | 'CONTRABAND', text: string) => ({
    ...{ flagId: newId(), visitId, monitor: 'AV' as const, category, reason: 'SEEN', note: text },
    ...{ at: at(second), fromAt: at(second - 30), toAt: at(second + 30), flaggedBy: accountId },
  })
  await db.flag.createMany({
    data: [
      flag(128, 'THREAT', 'A raised hand behind the visitor'),
      flag(295, 'CONTRABAND', 'Speaks of a parcel that nobody has announced'),
    ],
  })
  const { accountId: writtenBy } = demo.staff('investigator')
  const review = (atMs: number | null, text: string) => ({
    ...{ noteId: newId(), visitId, writtenBy, writtenAt: new Date(), atMs, text },
  })
  await db.reviewNote.createMany({
    data: [
      review(301_000, 'Compare with the parcel of 3 May'),
      review(null, 'The visitor’s voice is hard to make out in the first minute.'),
    ],
  })
}

/** Visits of which only the lists know. */
async function addListed({ demo }: Scene): Promise<void> {
  const { db, visit } = demo
  const { facilityId, terminalId, inmateId, visitorId } = visit
  const long = await db.visitor.findUniqueOrThrow({ where: { visitorId } })
  await db.visitor.update({
    where: { visitorId },
    data: { familyName: `${long.familyName}-Konstantinopolskaya` },
  })
  for (let at = 0; at < LISTED; at += 1) {
    const startsAt = new Date(Date.now() - (6 + at) * DAY_MS - at * 37 * MINUTE_MS)
    const state = at % 9 === 4 ? 'FAILED' : 'FINISHED'
    const { visit: stored } = await insertVisit(db, {
      ...{ facilityId, terminalId, inmateId, visitorIds: [visitorId], startsAt },
      bookingState: 'FULFILLED',
      session: {
        ...{ state: 'ENDED', endedAt: startsAt },
        outcome: at % 5 === 2 ? 'INMATE_EARLY' : 'COMPLETED',
      },
    })
    const recordingId = newId()
    await db.recording.create({
      data: {
        ...{ recordingId, visitId: stored.visitId, epoch: 1, state, startedAt: startsAt },
        ...(state === 'FAILED'
          ? { failure: 'RECORDER_UNAVAILABLE', endedAt: startsAt }
          : { endedAt: startsAt, originAt: startsAt, lastMs: (20 + at) * MINUTE_MS }),
        ...{ folder: `${stored.visitId}/${recordingId}`, bytes: BigInt(90_000_000 + at * 1e6) },
        destroyAfter: new Date(startsAt.getTime() + 90 * DAY_MS),
      },
    })
  }
}

type Caller = <Reply>(method: string, path: string, body?: object) => Promise<Reply>
type People = { readonly admin: Caller; readonly investigator: Caller; readonly visitor: Caller }

async function peopleOf({ demo, origin }: Scene): Promise<People> {
  const callerOf = async (accountId: string): Promise<Caller> => {
    const cookie = await aSignIn(demo.db, accountId)
    return (method, path, body) => call(`${origin}${path}`, { method, cookie, body })
  }
  return {
    admin: await callerOf(demo.staff('facilityAdmin').accountId),
    investigator: await callerOf(demo.staff('investigator').accountId),
    visitor: await callerOf(demo.visitor.accountId),
  }
}

type Sent = { readonly method: string; readonly cookie: string; readonly body?: object | undefined }

async function call<Reply>(url: string, { method, cookie, body }: Sent): Promise<Reply> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...{ cookie, 'idempotency-key': randomUUID() },
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${text}`)
  return JSON.parse(text) as Reply
}

type Kept = Readonly<Record<'held' | 'early' | 'gone' | 'main', Planted>>

async function keepAndDestroy(
  { admin, investigator, visitor }: People,
  { held, early, gone, main }: Kept,
): Promise<void> {
  const why = { reason: 'Recorded by mistake.' }
  const reviewOn = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10)
  const hold = { reason: LONG_REASON, caseNumber: 'C-2026-17', reviewOn }
  await admin('POST', `/api/recordings/${held.visitId}/holds`, hold)
  const { holdId } = await investigator<{ holdId: string }>(
    ...(['POST', `/api/recordings/${main.visitId}/holds`, hold] as const),
  )
  await admin('POST', `/api/holds/${holdId}/release`, { reason: 'The case is closed.' })
  await investigator('POST', `/api/recordings/${early.visitId}/destruction`, why)
  await investigator('POST', `/api/recordings/${gone.visitId}/destruction`, why)
  const { items } = await admin<{
    items: { visitId: string; destruction: { destructionId: string } | null }[]
  }>('GET', '/api/retention?limit=100')
  const destructionId = items.find(({ visitId }) => visitId === gone.visitId)?.destruction
    ?.destructionId
  const yes = { ...why, isApproved: true }
  await admin('POST', `/api/destructions/${destructionId ?? ''}/decision`, yes)
  await visitor('POST', `/api/me/recordings/${held.visitId}/objection`, {
    ...{ code: 'PRIVATE_MATTER', text: 'I said something about my health.' },
  })
}

async function exportSome(
  { demo }: Scene,
  { admin, investigator }: People,
  { visitId }: Planted,
): Promise<void> {
  const ask = (recipient: string) =>
    investigator<{ exportId: string }>('POST', `/api/recordings/${visitId}/exports`, {
      ...{ purpose: 'A complaint of the visitor', caseNumber: 'C-2026-17', recipient },
    })
  await ask('Second District Court, judge Ivanova')
  const decided = await ask('Bureau of the Commissioner for Human Rights of the Region')
  const refused = await ask('A newspaper')
  const decide = (exportId: string, isApproved: boolean, reason: string) =>
    admin('POST', `/api/exports/${exportId}/decision`, { isApproved, reason })
  await decide(refused.exportId, false, 'No court has ordered it.')
  await decide(decided.exportId, true, 'Ordered by the court')
  await copySome(investigator, visitId)
  await until(
    () => demo.db.recordingExport.findFirst({ where: { state: 'READY' } }),
    'an archive',
    180_000,
  )
}

/** A whole copy and a clip, as far as they are made. */
async function copySome(investigator: Caller, visitId: string): Promise<void> {
  const { playId } = await investigator<{ playId: string }>(
    ...(['POST', `/api/recordings/${visitId}/plays`] as const),
    { purpose: 'A complaint of the visitor', caseNumber: 'C-2026-17' },
  )
  const path = `/api/plays/${playId}/derivatives`
  await investigator('POST', path, { kind: 'CLIP', fromMs: 120_000, toMs: 126_000 })
  await investigator('POST', path, { kind: 'REVIEW_COPY', fromMs: 0, toMs: LENGTH_MS })
}
