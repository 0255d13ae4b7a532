import type { NoticeKind } from '@visavis/contract/http'
import { isInstant } from './notice-details.ts'
import type { NoticeDetails } from './notice-details.ts'
import { isOtherTime, wallTime } from './time-words-rules.ts'
import { fill, wordsFor } from './words.ts'
import type { Slots, Words } from './words.ts'

/** What is told, to whom it speaks and where its links lead. */
export type Told = {
  readonly kind: NoticeKind
  readonly language: string
  readonly visitId: string | null
  readonly details: NoticeDetails
  /** The service's address, without a trailing slash. */
  readonly origin: string
}

type Lines = { readonly title: string; readonly body: string }

/** The mail's subject and text. */
export function mailOf(told: Told): { readonly subject: string; readonly text: string } {
  const { words } = wordsFor(told.language)
  const { subject, text } = words.kinds[told.kind]
  const slots = slotsFor(told)
  const { greeting, greetingUnknown, closing } = words.frame
  const sentences = text.flatMap((sentence) => fill(sentence, slots) ?? [])
  const paragraphs = [fill(greeting, slots) ?? greetingUnknown, ...sentences, closing]
  return { subject, text: `${paragraphs.join('\n\n')}\n` }
}

/** The text message; null for a kind that has none. */
export function smsOf(told: Told): string | null {
  const { sms } = wordsFor(told.language).words.kinds[told.kind]
  return sms === undefined ? null : fill(sms, slotsFor(told))
}

/** What the inmate reads at the terminal; null for a kind that is not for inmates. */
export function terminalWordsOf(told: Told): Lines | null {
  const { title, body } = wordsFor(told.language).words.kinds[told.kind]
  if (title === undefined || body === undefined) return null
  const filled = fill(body, slotsFor(told))
  return filled === null ? null : { title, body: filled }
}

/** The calendar entry's own words. */
export function calendarWordsOf(told: Told): { summary: string; description: string } {
  const { words } = wordsFor(told.language)
  const slots = slotsFor(told)
  const { summary, description } = words.calendar
  const link = slots['link'] ?? ''
  return { summary: fill(summary, slots) ?? '', description: `${description}\n${link}` }
}

/** Whether a channel has words for the kind; they are the same kinds in every language. */
export function isToldAt(kind: NoticeKind, channel: 'EMAIL' | 'SMS' | 'TERMINAL'): boolean {
  const { sms, title } = wordsFor('en').words.kinds[kind]
  if (channel === 'SMS') return sms !== undefined
  return channel === 'EMAIL' || title !== undefined
}

function slotsFor(told: Told): Slots {
  const { details } = told
  const { language, words } = wordsFor(told.language)
  const tell = (at: string): string => whenWords(new Date(at), { details, language, words })
  const given = Object.entries(details.given).map(([name, value]) => [
    name,
    isInstant(value) ? tell(value) : String(value),
  ])
  return {
    ...(Object.fromEntries(given) as Slots),
    ...(details.readerName === null ? {} : { name: details.readerName }),
    ...(details.visit === null ? {} : visitSlots(details.visit, words)),
    ...(details.visit === null ? {} : { when: tell(details.visit.startsAt) }),
    ...tryLinkOf(told),
    link: `${told.origin}${pathOf(told)}`,
  }
}

/** Where one's own device is tested (LV-10); a link centre's is tested there. */
function tryLinkOf({ visitId, details, origin }: Told): Slots {
  if (visitId === null || details.visit?.place !== 'HOME') return {}
  return { tryLink: `${origin}/visits/${visitId}/try` }
}

function visitSlots(visit: NonNullable<NoticeDetails['visit']>, words: Words): Slots {
  const { facility, inmate, terminal, centre, address } = visit
  const where = fill(words.where[visit.place], { centre, address }) ?? ''
  return { facility, inmate, terminal, where }
}

type Telling = {
  readonly details: NoticeDetails
  readonly language: string
  readonly words: Words
}

/** BK-6: in the reader's own time, and in the facility's where the two clocks differ. */
function whenWords(at: Date, { details, language, words }: Telling): string {
  const facility = details.visit?.facilityZone ?? details.readerZone ?? 'UTC'
  const zone = details.readerZone ?? facility
  const own = wallTime(at, zone, language)
  if (!isOtherTime(at, { own: zone, facility })) return fill(words.when.same, { own }) ?? own
  return fill(words.when.both, { own, there: wallTime(at, facility, language) }) ?? own
}

/** Where what is told about signing in leads. */
const SIGN_IN = '/sign-in'

/** Pages of single kinds. */
const PAGES: Readonly<Partial<Record<NoticeKind, string>>> = {
  DATA_READY: '/profile/data',
  INCIDENT_CLOCK: '/incidents',
  REGISTRATION_KNOWN: SIGN_IN,
  RECOVERY_CODE: SIGN_IN,
  RECOVERY_WAITS: SIGN_IN,
  ACCOUNT_RECOVERED: SIGN_IN,
  ADDRESS_CODE: SIGN_IN,
  ADDRESS_CHANGED: SIGN_IN,
}

/** The page where what is told can be read or acted on. A token stands behind #: no server logs it. */
function pathOf({ kind, visitId, details }: Told): string {
  if (kind === 'REGISTRATION_LINK') {
    return `/register/confirm#token=${encodeURIComponent(String(details.given['token'] ?? ''))}`
  }
  const page = PAGES[kind]
  if (page !== undefined) return page
  if (kind.startsWith('VISITOR_') || kind.startsWith('PROFESSIONAL_')) return '/profile'
  if (kind.startsWith('RELATIONSHIP_')) return '/people'
  return kind.startsWith('REMINDER_') && visitId !== null ? `/visits/${visitId}` : '/visits'
}
