import { panic } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/transact.ts'
import { isToldAt } from './compose.ts'
import type { NoticeDetails } from './notice-details.ts'
import { VOID_WITH_THE_VISIT, calendarMethodOf } from './notice-rules.ts'
import type { NewNotice, NoticeTo, Notices } from './notices.ts'
import { noticesRepo } from './notices.repo.ts'
import type { NewRow, ToldVisit, VisitorReader } from './notices.repo.ts'

type Deps = {
  readonly clock: Clock
  readonly jobs: Jobs
  /** Whether there is a way for text messages at all. */
  readonly hasSms: boolean
}

/** Somebody as a reader, with the ways to reach them. */
type Reader = {
  readonly visitorId: string | null
  readonly inmateId: string | null
  readonly language: string
  readonly name: string | null
  readonly zone: string | null
  readonly ways: readonly { readonly channel: NewRow['channel']; readonly address: string | null }[]
}

/** A notice whose reader and visit are known. */
type Ready = Omit<NewNotice, 'to' | 'visitId'> & {
  readonly reader: Reader
  readonly visit: ToldVisit | null
}

/** The outbox, as other modules use it. */
export function createNotices(deps: Deps): Notices {
  return {
    queue: async (tx, notice) => {
      const { to, visitId, ...rest } = notice
      const visit = visitId === undefined ? null : await visitOf(tx, visitId)
      const reader = await readerOf(tx, to, deps)
      await put(tx, [{ ...rest, reader, visit }], deps)
    },
    tellParties: async (tx, { visitId, dedupe, ...rest }) => {
      const visit = await visitOf(tx, visitId)
      const ready = partiesOf(visit, deps).map((reader) => ({
        ...rest,
        reader,
        visit,
        dedupeKey: dedupe,
      }))
      await put(tx, ready, deps)
    },
    cancelOf: async (tx, visitId) => {
      await noticesRepo.cancel(tx, visitId, VOID_WITH_THE_VISIT)
    },
  }
}

async function put(tx: Tx, notices: readonly Ready[], { clock, jobs }: Deps): Promise<void> {
  const rows = notices.flatMap((notice) => rowsOf(notice, clock.now()))
  const added = new Set(await noticesRepo.add(tx, rows))
  const sent = rows.filter(({ noticeId, channel }) => added.has(noticeId) && channel !== 'TERMINAL')
  const [first] = sent
  if (first === undefined) return
  // All of one call are due at the same time, and one job tells them.
  const noticeIds = sent.map(({ noticeId }) => noticeId)
  const startAfter = new Date(first.dueAt)
  await jobs.send(tx, 'notice.send', { noticeIds }, startAfter > clock.now() ? { startAfter } : {})
}

function rowsOf(notice: Ready, now: Date): NewRow[] {
  const { kind, reader, visit, dueAt = now } = notice
  const details = detailsOf(notice)
  return reader.ways
    .filter(({ channel }) => isToldAt(kind, channel))
    .map(({ channel, address }) => ({
      noticeId: newId(),
      kind,
      channel,
      address,
      visitId: visit?.visitId ?? null,
      visitorId: reader.visitorId,
      inmateId: reader.inmateId,
      language: reader.language,
      details,
      dedupeKey: keyOf(notice, channel),
      dueAt,
      createdAt: now,
      // At the terminal it hangs on the wall as soon as it is due: nothing is carried there.
      ...(channel === 'TERMINAL' ? { state: 'SENT' as const, sentAt: dueAt } : {}),
    }))
}

/** What makes a notice this one: its kind, visit, reason, reader and channel. */
function keyOf({ kind, visit, reader, dedupeKey }: Ready, channel: NewRow['channel']): string {
  const readerId = reader.visitorId ?? reader.inmateId ?? ''
  return [kind, visit?.visitId ?? '', dedupeKey, readerId, channel].join('/')
}

function detailsOf({ kind, reader, visit, details = {}, calendar }: Ready): NoticeDetails {
  const hasCalendar = calendar ?? calendarMethodOf(kind) !== null
  return {
    readerZone: reader.zone,
    readerName: reader.name,
    visit: visit && visitDetails(visit),
    hasCalendar: hasCalendar && visit !== null,
    given: details,
  }
}

function visitDetails(visit: ToldVisit): NonNullable<NoticeDetails['visit']> {
  const { linkCentre: centre } = visit
  return {
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    sequence: visit.version,
    facility: visit.facility.name,
    facilityZone: visit.facility.timeZone,
    inmate: visit.inmate.givenName,
    terminal: visit.terminal.name,
    place: visit.place,
    centre: centre?.name ?? '',
    address: centre?.address ?? '',
  }
}

async function visitOf(tx: Tx, visitId: string): Promise<ToldVisit> {
  return (await noticesRepo.visit(tx, visitId)) ?? panic(`a notice about no visit: ${visitId}`)
}

function partiesOf(visit: ToldVisit, deps: Deps): Reader[] {
  const { inmateId, language } = visit.inmate
  return [
    ...visit.visitors.map((visitor) => visitorReader(visitor, deps)),
    inmateReader({ inmateId, language, zone: visit.facility.timeZone }),
  ]
}

async function readerOf(tx: Tx, to: NoticeTo, deps: Deps): Promise<Reader> {
  if ('visitorId' in to) {
    const visitor = await noticesRepo.visitor(tx, to.visitorId)
    return visitorReader(visitor ?? panic('a notice to nobody'), deps)
  }
  if ('inmateId' in to) {
    const inmate = (await noticesRepo.inmate(tx, to.inmateId)) ?? panic('a notice to nobody')
    const { language, facility } = inmate
    return inmateReader({ inmateId: to.inmateId, language, zone: facility.timeZone })
  }
  const ways = [{ channel: 'EMAIL' as const, address: to.email }]
  const { language } = to
  return { visitorId: null, inmateId: null, language, name: null, zone: null, ways }
}

function visitorReader(visitor: VisitorReader, { hasSms }: Deps): Reader {
  const { visitorId, givenName, email, phone, language, timeZone } = visitor
  const mail = { channel: 'EMAIL' as const, address: email }
  const sms = phone !== null && hasSms ? [{ channel: 'SMS' as const, address: phone }] : []
  const ways = [mail, ...sms]
  return { visitorId, inmateId: null, language, name: givenName, zone: timeZone, ways }
}

function inmateReader(inmate: { inmateId: string; language: string; zone: string }): Reader {
  const ways = [{ channel: 'TERMINAL' as const, address: null }]
  return { visitorId: null, name: null, ways, ...inmate }
}
