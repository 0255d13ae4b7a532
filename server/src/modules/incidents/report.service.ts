import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { canonicalJson } from '@visavis/contract/canonical-json'
import type { CanonicalValue } from '@visavis/contract/canonical-json'
import { packed, textFile } from '../../platform/archive.ts'
import { auditActorOf } from '../identity/index.ts'
import { signText } from '../recordings/index.ts'
import { viewOf } from './incidents.service.ts'
import { enterIncident, notDone } from './incidents-parts.ts'
import type { IncidentAct, IncidentsDeps } from './incidents-parts.ts'
import { reportPage } from './report-page.ts'
import { REPORT_WORDS } from './report-words.ts'

/**
 * The report for the authority, as a ZIP: signed facts, a page in every language, the ids of those affected. No
 * names of theirs. Entered in the log first. Refuses NOT_FOUND and INCIDENT_NOT_DONE.
 */
export async function incidentReport(
  incidentId: string,
  { actor, requestId }: IncidentAct,
  deps: IncidentsDeps,
): Promise<Readable> {
  const incident = await deps.transact(async (tx) => {
    const view = await viewOf(tx, { incidentId, actor }, deps)
    if (view.work.state !== 'DONE') throw notDone(['WORK_OUT'])
    const told = { actor: auditActorOf(actor), action: 'incident.report', requestId }
    await enterIncident(tx, deps, { incidentId, ...told })
    return view
  })
  const operator = (await deps.repo.byId(incidentId))?.operator.name ?? ''
  const madeAt = deps.clock.now()
  const people = peopleCsv(await deps.people.all(incidentId))
  const facts = {
    ...{ v: 1, type: 'visavis.incident', issuer: deps.issuer, operator },
    ...{ issuedAt: madeAt.toISOString(), peopleSha256: sha256Of(people) },
    // Canonical text has no null: what is not there is left out.
    incident: withoutNulls(incident),
  }
  const pages = Object.entries(REPORT_WORDS).map(([language, words]) =>
    textFile(
      `report-${language}.html`,
      Buffer.from(reportPage(incident, { words, language, operator })),
    ),
  )
  const signed = signText('report', canonicalJson(facts), deps.key)
  const files = [
    textFile('report.json', Buffer.from(signed.bytes)),
    ...pages,
    textFile('people.csv', people),
  ]
  const last = {
    name: 'contents.json',
    of: (all: readonly object[]) => Buffer.from(`${JSON.stringify({ files: all }, null, 2)}\n`),
  }
  return packed({ files, madeAt, last })
}

type Affected = Awaited<ReturnType<IncidentsDeps['people']['all']>>

function peopleCsv(people: Affected): Buffer {
  const lines = people.map((person) =>
    [
      ...[person.kind, person.personId, person.facilityId ?? '', person.reasons.join(' ')],
      ...[String(person.isProfessional), person.toldAt?.toISOString() ?? ''],
      person.printedAt?.toISOString() ?? '',
    ].join(','),
  )
  const head = 'kind,id,facility,reasons,professional,told,on paper'
  return Buffer.from([head, ...lines, ''].join('\n'))
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function withoutNulls(value: unknown): CanonicalValue {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value as CanonicalValue
  const there = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(there.map(([name, member]) => [name, withoutNulls(member)]))
}
