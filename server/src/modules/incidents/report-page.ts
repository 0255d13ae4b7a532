import type { IncidentView } from '@visavis/contract/http'
import { htmlPaper } from '../../platform/html-paper.ts'
import type { HtmlPart } from '../../platform/html-paper.ts'
import { times } from '../../platform/pdf-parts.ts'
import type { ReportWords } from './report-words.ts'

const MS_PER_S = 1000

type Writing = {
  readonly words: ReportWords
  readonly at: (instant: string | null) => string
  readonly operator: string
}

/** The report as a page for people, in one language; pure. */
export function reportPage(
  incident: IncidentView,
  { words, language, operator }: { words: ReportWords; language: string; operator: string },
): string {
  const when = times(language, 'UTC')
  const at = (instant: string | null) => (instant === null ? words.notYet : when(instant))
  const writing = { words, at, operator }
  return htmlPaper({
    ...{ title: `${words.title}: ${incident.title}`, language, intro: words.intro },
    parts: [
      whatPart(incident, writing),
      clockPart(incident, writing),
      peoplePart(incident, writing),
      reasonPart(incident, writing),
      ...incident.letters.map((letter) => ({
        heading: `${words.headings.letters} (${letter.language})`,
        intro: letter.text,
      })),
      {
        heading: words.headings.notes,
        facts: incident.notes.map((note): [string, string] => [
          `${at(note.at)}, ${note.by}`,
          note.text,
        ]),
      },
      ...endPart(incident, writing),
    ],
  })
}

function whatPart(incident: IncidentView, { words, at, operator }: Writing): HtmlPart {
  const { terms } = words
  const { fromAt, toAt, systems, accounts, facilities } = incident
  return {
    heading: words.headings.what,
    facts: [
      [terms.operator, operator],
      [terms.description, incident.description],
      [terms.span, `${at(fromAt)} – ${at(toAt)}`],
      [terms.systems, systems.map((system) => words.reasons[system]).join('; ') || '–'],
      [terms.accounts, accounts.map(({ accountId }) => accountId).join(', ') || '–'],
      [terms.facilities, facilities.map(({ name }) => name).join(', ')],
    ],
  }
}

function clockPart(incident: IncidentView, { words, at }: Writing): HtmlPart {
  const { terms } = words
  const { work, authority, people, authorityReference } = incident
  const clock = ({ doneAt, dueAt }: IncidentView['authority']) =>
    words.clock.replace('{done}', at(doneAt)).replace('{due}', at(dueAt))
  const workedOut = words.workedOut
    .replace('{when}', at(work.at))
    .replace('{seconds}', ((work.ms ?? 0) / MS_PER_S).toFixed(1))
    .replace('{entries}', String(work.entriesRead ?? 0))
  return {
    heading: words.headings.clocks,
    facts: [
      [terms.discovered, at(incident.discoveredAt)],
      [terms.opened, at(incident.openedAt)],
      [terms.workedOut, workedOut],
      [terms.authority, clock(authority)],
      [terms.reference, authorityReference ?? '–'],
      [terms.peopleTold, clock(people)],
    ],
  }
}

function peoplePart({ counts }: IncidentView, { words }: Writing): HtmlPart {
  const { kind, facility, people, professionals, told, toPrint } = words.columns
  return {
    heading: words.headings.people,
    table: {
      columns: [kind, facility, people, professionals, told, toPrint],
      rows: counts.map((count) => [
        words.kinds[count.kind],
        count.facility ?? '–',
        ...[count.people, count.professionals, count.told, count.toPrint].map(String),
      ]),
    },
  }
}

function reasonPart({ reasons }: IncidentView, { words }: Writing): HtmlPart {
  return {
    heading: words.headings.reasons,
    facts: reasons.map(({ reason, people }): [string, string] => [
      words.reasons[reason],
      String(people),
    ]),
  }
}

function endPart({ closing }: IncidentView, { words, at }: Writing): HtmlPart[] {
  if (closing === null || closing.closedAt === null) return []
  const { outcome, reason, askedBy, closedBy, closedAt } = closing
  return [
    {
      heading: words.headings.end,
      facts: [
        [words.terms.outcome, `${words.outcomes[outcome]}: ${reason}`],
        [words.terms.closed, `${askedBy}, ${closedBy ?? ''}, ${at(closedAt)}`],
      ],
    },
  ]
}
