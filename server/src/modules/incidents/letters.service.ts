import { Refusal } from '@visavis/contract/errors'
import type { IncidentView } from '@visavis/contract/http'
import type { Content } from 'pdfmake/interfaces.js'
import { renderPdf } from '../../platform/pdf.ts'
import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import { viewOf } from './incidents.service.ts'
import type { IncidentCall } from './incidents.service.ts'
import { enterIncident, notDone, openIncidentOf, operatorOf } from './incidents-parts.ts'
import type { IncidentAct, IncidentsDeps } from './incidents-parts.ts'
import type { IncidentRow } from './incidents.repo.ts'
import { letterTo, ownTemplates, unknownSlots } from './letter-rules.ts'
import type { LetterFacts, Letters } from './letter-rules.ts'
import { LETTER_SLOTS, letterWordsFor } from './letter-words.ts'
import { lettersOf } from './incident-view.ts'
import type { PrintedPerson } from './told-people.repo.ts'

/** People told in one transaction; and in one run of the job, before the next one takes over. */
const TOLD_AT_ONCE = 100
const TOLD_A_RUN = 2_000
/** Pages that a printer has paper for, and that a person can put into envelopes. */
const PRINTED_AT_ONCE = 200
/** Points around a paragraph. */
const PARAGRAPH: [number, number, number, number] = [0, 0, 0, 8]

/** Letters to the people of an incident: by mail, at the terminal, on paper. */
export type IncidentLetters = ReturnType<typeof createIncidentLetters>

export function createIncidentLetters(deps: IncidentsDeps) {
  return {
    async templates(incidentId: string, { actor }: IncidentAct) {
      const row = await deps.repo.find(incidentId, operatorOf(actor))
      if (row === null) throw new Refusal('NOT_FOUND')
      const ordered = lettersOf(row)
      const letters = ordered.length > 0 ? ordered : ownTemplates()
      return { letters, slots: [...LETTER_SLOTS] }
    },
    async papers(incidentId: string, { actor }: IncidentAct): Promise<{ toPrint: number }> {
      const row = await deps.repo.find(incidentId, operatorOf(actor))
      if (row === null) throw new Refusal('NOT_FOUND')
      const counts = await deps.people.counts(incidentId)
      return { toPrint: counts.reduce((sum, { toPrint }) => sum + toPrint, 0) }
    },
    send: (incidentId: string, letters: Letters, { once, ...act }: IncidentCall) =>
      once((tx) => order(tx, { incidentId, letters, ...act }, deps)),
    /** The next letters for paper, as pages; each printing is in the log before a name is read. */
    print: (incidentId: string, act: IncidentAct): Promise<Buffer> =>
      print({ incidentId, ...act }, deps),
    printed: (incidentId: string, { once, ...act }: IncidentCall): Promise<IncidentView> =>
      once(async (tx) => {
        const row = await openIncidentOf(tx, { incidentId, ...act }, deps)
        requireOrdered(row)
        const letters = await deps.people.setPrinted(tx, incidentId, deps.clock.now())
        const { actor, requestId } = act
        const told = { actor: auditActorOf(actor), action: 'incident.printed', requestId }
        await enterIncident(tx, deps, { incidentId, ...told, detail: { letters } })
        return viewOf(tx, { incidentId, actor }, deps)
      }),
  }
}

type Ordering = IncidentAct & { readonly incidentId: string; readonly letters: Letters }

async function order(tx: Tx, ordering: Ordering, deps: IncidentsDeps): Promise<IncidentView> {
  const { incidentId, letters, actor, requestId } = ordering
  const row = await openIncidentOf(tx, ordering, deps)
  if (row.lettersOrderedAt !== null) throw new Refusal('ALREADY_DECIDED')
  if (row.workState !== 'DONE') throw notDone(['WORK_OUT'])
  requireKnownSlots(letters)
  const lettersOrderedAt = deps.clock.now()
  const ordered = { lettersOrderedAt, lettersOrderedBy: actor.accountId }
  await deps.repo.change(tx, incidentId, { ...ordered, letters: [...letters] })
  await deps.jobs.send(tx, 'incidents.letters', { incidentId }, { singletonKey: incidentId })
  for (const facilityId of await deps.people.facilityIds(tx, incidentId)) {
    const task = { facilityId, subjectId: incidentId, kind: 'INCIDENT_ALARM' } as const
    await deps.tasks.open(tx, { ...task, suggestion: 'REVIEW', dueAt: row.peopleDueAt })
  }
  const detail = { languages: letters.map(({ language }) => language) }
  const told = { actor: auditActorOf(actor), action: 'incident.sendLetters', requestId, detail }
  await enterIncident(tx, deps, { incidentId, ...told })
  return viewOf(tx, { incidentId, actor }, deps)
}

function requireKnownSlots(letters: Letters): void {
  const fields = letters.flatMap(({ language, text }) =>
    unknownSlots(text, LETTER_SLOTS).map((slot) => ({
      field: `letters.${language}`,
      cure: `Nothing is put into {${slot}}.`,
    })),
  )
  if (fields.length > 0) throw new Refusal('BAD_REQUEST', { fields })
}

function requireOrdered({ lettersOrderedAt }: IncidentRow): void {
  if (lettersOrderedAt === null) throw notDone(['TELL_PEOPLE'])
}

const factsOf = ({ operator, fromAt, toAt }: IncidentRow): LetterFacts => ({
  ...{ operator: operator.name, fromAt, toAt },
})

/** Tells everybody whom mail or a terminal reaches; goes on where a crash has left it. */
export async function tellPeople(incidentId: string, deps: IncidentsDeps): Promise<void> {
  for (let told = 0; told < TOLD_A_RUN;) {
    const row = await deps.repo.byId(incidentId)
    if (row === null || row.lettersOrderedAt === null || row.state === 'CLOSED') return
    const count = await deps.transact((tx) => tellSome(tx, row, deps))
    if (count === 0) return
    told += count
  }
  const singletonKey = `${incidentId}/on`
  await deps.transact((tx) =>
    deps.jobs.send(tx, 'incidents.letters', { incidentId }, { singletonKey }),
  )
}

async function tellSome(tx: Tx, row: IncidentRow, deps: IncidentsDeps): Promise<number> {
  const { incidentId } = row
  const some = await deps.people.untold(tx, incidentId, TOLD_AT_ONCE)
  if (some.length === 0) return 0
  for (const { kind, personId, ...reader } of some) {
    const to = kind === 'VISITOR' ? { visitorId: personId } : { inmateId: personId }
    const details = { letter: letterTo(lettersOf(row), factsOf(row), reader) }
    const notice = { kind: 'INCIDENT_LETTER', to, details, dedupeKey: incidentId } as const
    await deps.notices.queue(tx, notice)
  }
  const personIds = some.map(({ personId }) => personId)
  await deps.people.setTold(tx, { incidentId, personIds, toldAt: deps.clock.now() })
  const told = { actor: SERVER, action: 'incident.tell', detail: { people: some.length } }
  await enterIncident(tx, deps, { incidentId, ...told })
  return some.length
}

async function print(
  { incidentId, actor, requestId }: IncidentAct & { incidentId: string },
  deps: IncidentsDeps,
): Promise<Buffer> {
  const { row, people } = await deps.transact(async (tx) => {
    const found = await openIncidentOf(tx, { incidentId, actor }, deps)
    requireOrdered(found)
    const which = { incidentId, take: PRINTED_AT_ONCE, now: deps.clock.now() }
    await deps.people.beginPrinting(tx, which)
    const some = await deps.people.printing(tx, incidentId)
    const told = { actor: auditActorOf(actor), action: 'incident.print', requestId }
    await enterIncident(tx, deps, { incidentId, ...told, detail: { letters: some.length } })
    return { row: found, people: some }
  })
  const { language, words } = letterWordsFor(actor.language)
  return renderPdf({
    ...{ title: words.title, language, imprint: row.operator.name, pageWords: words.page },
    content: people.flatMap((person, at) => pageOf(person, row, at)),
  })
}

function pageOf(person: PrintedPerson, row: IncidentRow, at: number): Content[] {
  const { words } = letterWordsFor(person.language)
  const address = [person.name, person.place, person.facility].filter(Boolean).join('\n')
  const text = letterTo(lettersOf(row), factsOf(row), person)
  return [
    { text: address, margin: [0, 40, 0, 60], ...(at === 0 ? {} : { pageBreak: 'before' }) },
    { text: words.title, fontSize: 14, bold: true, margin: [0, 0, 0, 12] },
    { text: words.dear.replace('{name}', person.name), margin: [0, 0, 0, 8] },
    ...text.split('\n\n').map((part) => ({ text: part, margin: PARAGRAPH })),
  ]
}
