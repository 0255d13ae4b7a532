import { NoticeKind } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import { htmlPaper } from '../../platform/html-paper.ts'
import type { HtmlPart } from '../../platform/html-paper.ts'
import { times } from '../../platform/pdf-parts.ts'
import { noticeSubject } from '../notifications/index.ts'
import { dataWordsFor } from './data-words.ts'
import type { DataWords } from './data-words.ts'
import type { OwnData } from './gather.service.ts'

type Made = { readonly language: string; readonly madeAt: Date; readonly origin: string }
/** What a part of the page is written with. */
type Writing = {
  readonly words: DataWords
  readonly language: string
  /** By the person's own clock. */
  readonly at: (instant: Date | string | null) => string
}

/** Somebody's own data as a page that people can read; pure. */
export function dataPage(data: OwnData, { language: wanted, madeAt, origin }: Made): string {
  const { language, words } = dataWordsFor(wanted)
  const when = times(language, data.person.timeZone)
  const at = (instant: Date | string | null): string =>
    instant === null ? '–' : when(new Date(instant).toISOString())
  const writing = { words, language, at }
  return htmlPaper({
    ...{ title: words.title, language },
    intro: [...words.intro, `${origin}, ${at(madeAt)}`],
    parts: partsOf(data, writing),
  })
}

function partsOf(data: OwnData, writing: Writing): HtmlPart[] {
  const { headings, missing } = writing.words
  return [
    { heading: headings.person, facts: personFacts(data, writing) },
    listPart(headings.pictures, pictureLines(data, writing), writing),
    listPart(headings.children, data.children.map(fullNameOf), writing),
    relationships(data, writing),
    visits(data, writing),
    recordings(data, writing),
    messages(data, writing),
    signIns(data, writing),
    tests(data, writing),
    copies(data, writing),
    { heading: headings.missing, bullets: missing },
  ]
}

function personFacts({ person, accounts }: OwnData, { words, at }: Writing): [string, string][] {
  const { terms, verification } = words
  const { professional, guardian } = person
  const standing = professional && `${professional.registerName}, ${professional.registerNumber}`
  return [
    [terms.name, fullNameOf(person)],
    [terms.birthDate, person.birthDate],
    [terms.email, person.email],
    [terms.phone, person.phone ?? '–'],
    [terms.language, person.language],
    [terms.timeZone, person.timeZone],
    [terms.verification, verification[person.verification]],
    ...(standing === null ? [] : [[terms.profession, standing] as [string, string]]),
    ...(guardian === null ? [] : [[terms.guardian, guardian.displayName] as [string, string]]),
    ...accounts.flatMap(({ createdAt, passkeys, totp }): [string, string][] => [
      [terms.registered, at(createdAt)],
      [terms.passkeys, passkeys.map(({ name }) => name).join(', ') || '–'],
      [terms.app, at(totp?.confirmedAt ?? null)],
    ]),
  ]
}

function pictureLines({ person }: OwnData, { words, at }: Writing): string[] {
  return person.documents.map(
    ({ kind, uploadedAt }) => `${words.documents[kind]}, ${at(uploadedAt)}`,
  )
}

function relationships({ relationships: all }: OwnData, writing: Writing): HtmlPart {
  const { headings, columns, kinds, relationshipStates } = writing.words
  const rows = all.map((one) => [
    one.displayName,
    kinds[one.kind],
    one.facilityName,
    relationshipStates[one.state],
    writing.at(one.createdAt),
  ])
  const { with: whom, what, facility, state, since } = columns
  return tablePart(
    headings.relationships,
    { columns: [whom, what, facility, state, since], rows },
    writing,
  )
}

function visits({ visits: all }: OwnData, writing: Writing): HtmlPart {
  const { headings, columns, classes, bookings, outcomes } = writing.words
  const rows = all.map(({ visit }) => [
    writing.at(visit.startsAt),
    visit.facility.name,
    visit.inmate.givenName,
    classes[visit.visitClass],
    bookings[visit.bookingState],
    visit.session?.outcome ? outcomes[visit.session.outcome] : '–',
  ])
  const { when, facility, with: whom, what, state, outcome } = columns
  const table = { columns: [when, facility, whom, what, state, outcome], rows }
  return tablePart(headings.visits, table, writing)
}

function recordings({ recordings: all }: OwnData, writing: Writing): HtmlPart {
  const { words, at } = writing
  const { headings, columns } = words
  const rows = all.map(({ startsAt, facility, kept, keptUntil, isHeld, destroyedAt, watched }) => [
    at(startsAt),
    facility.name,
    [kept.picture ? words.picture : '', kept.sound ? words.sound : ''].filter(Boolean).join(', '),
    destroyedAt === null ? (isHeld ? words.held : at(keptUntil)) : words.destroyed,
    watched.map(({ role, day }) => `${role}, ${day}`).join('; ') || '–',
  ])
  const { when, facility, kept, until, lookedAt } = columns
  return tablePart(
    headings.recordings,
    { columns: [when, facility, kept, until, lookedAt], rows },
    writing,
  )
}

function messages({ messages: all }: OwnData, writing: Writing): HtmlPart {
  const { headings, columns, channels } = writing.words
  const rows = all.map(({ kind, channel, createdAt }) => {
    const known = NoticeKind.safeParse(kind)
    const subject = known.success ? noticeSubject(known.data, writing.language) : kind
    return [writing.at(createdAt), subject, channels[channel]]
  })
  const { when, what, how } = columns
  return tablePart(headings.messages, { columns: [when, what, how], rows }, writing)
}

function signIns({ accounts }: OwnData, writing: Writing): HtmlPart {
  const { headings, columns, methods } = writing.words
  const rows = accounts.flatMap(({ authSessions }) =>
    authSessions.map(({ createdAt, method, browser, system }) => [
      writing.at(createdAt),
      methods[method],
      [browser, system].filter(Boolean).join(', ') || '–',
    ]),
  )
  const { when, how, device } = columns
  return tablePart(headings.signIns, { columns: [when, how, device], rows }, writing)
}

function tests({ deviceTests }: OwnData, writing: Writing): HtmlPart {
  const { headings, columns, lights } = writing.words
  const rows = deviceTests.map(({ madeAt, light }) => [writing.at(madeAt), lights[light] ?? light])
  const { when, outcome } = columns
  return tablePart(headings.tests, { columns: [when, outcome], rows }, writing)
}

function copies({ copies: all }: OwnData, writing: Writing): HtmlPart {
  const { headings, columns, exports } = writing.words
  const rows = all.map(({ askedAt, state, downloads }) => [
    writing.at(askedAt),
    exports[state],
    String(downloads),
  ])
  const { when, state, fetched } = columns
  return tablePart(headings.copies, { columns: [when, state, fetched], rows }, writing)
}

type Table = NonNullable<HtmlPart['table']>

function tablePart(heading: string, table: Table, { words }: Writing): HtmlPart {
  return table.rows.length === 0 ? { heading, intro: words.none } : { heading, table }
}

function listPart(heading: string, bullets: readonly string[], { words }: Writing): HtmlPart {
  return bullets.length === 0 ? { heading, intro: words.none } : { heading, bullets }
}
