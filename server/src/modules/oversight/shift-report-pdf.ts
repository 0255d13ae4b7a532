import { ANY_FLAG_CATEGORIES } from '@visavis/contract/flag-kinds'
import type { Incident, ShiftFigures, WaitFigures } from '@visavis/contract/http'
import type { Content, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces.js'
import { renderPdf } from '../../platform/pdf.ts'
import { CATEGORY_WORDS, INCIDENT_WORDS, SHIFT_WORDS, fill } from './shift-words.ts'
import type { PaperLanguage, ShiftWords } from './shift-words.ts'

/** A report with its figures, as it is put on paper. */
export type PaperReport = {
  readonly figures: Omit<ShiftFigures, 'visits'>
  readonly visits: number
  readonly from: string
  readonly to: string
  readonly wing: string | null
  readonly createdAt: string
  readonly writtenBy: string
  readonly note: string
}
type Paper = PaperReport & {
  readonly words: ShiftWords
  readonly language: PaperLanguage
  readonly when: (instant: string) => string
}

const SOFT = '#525c60'
const LINE = '#c9d1d3'

/** The report on paper, as bytes. */
export function shiftReportPdf(report: PaperReport, language: PaperLanguage): Promise<Buffer> {
  const words = SHIFT_WORDS[language]
  return renderPdf(paperOf({ ...report, words, language, when: times(report, language) }))
}

function paperOf(paper: Paper): TDocumentDefinitions {
  const { words } = paper
  return {
    pageSize: 'A4',
    pageMargins: [48, 44, 48, 48],
    defaultStyle: { fontSize: 9.5, lineHeight: 1.15, color: '#1a2124' },
    info: { title: words.title },
    footer: (page, pages) => ({
      text: fill(words.page, { page, pages }),
      ...{ alignment: 'center', fontSize: 8, color: SOFT },
    }),
    content: [
      { text: words.title, fontSize: 17, bold: true, margin: [0, 0, 0, 6] },
      facts(headOf(paper)),
      heading(words.note),
      { text: paper.note === '' ? words.noNote : paper.note },
      heading(words.open),
      facts(openOf(paper)),
      heading(words.figures),
      facts(figuresOf(paper)),
      hoursOf(paper),
      heading(words.incidents),
      ...incidentsOf(paper),
      { text: words.noNames, color: SOFT, margin: [0, 10, 0, 0], fontSize: 8.5 },
    ],
  }
}

function headOf({ words, when, ...report }: Paper): (readonly [string, string])[] {
  return [
    [words.of, report.figures.facilityName],
    [words.from, when(report.from)],
    [words.to, when(report.to)],
    [words.wing, report.wing ?? words.allWings],
    [words.signed, report.writtenBy],
    [words.signedAt, when(report.createdAt)],
  ]
}

function openOf({ words, figures: { open } }: Paper): (readonly [string, string])[] {
  return [
    [words.openRunning, String(open.running)],
    [words.openUnwatched, String(open.unwatched)],
    [words.openHelp, String(open.helpCalls)],
    [words.openTasks, String(open.tasks)],
    [words.openFlags, String(open.flags)],
  ]
}

function figuresOf(paper: Paper): (readonly [string, string])[] {
  const { words, figures, language } = paper
  const { coverage, waits } = figures
  return [
    [words.visits, String(paper.visits)],
    [words.must, share(coverage.mustWatchedMs, coverage.mustMs, language)],
    [words.all, share(coverage.allWatchedMs, coverage.allMs, language)],
    [words.help, waitText(waits.help, words)],
    [words.admission, waitText(waits.admission, words)],
  ]
}

function share(part: number, whole: number, language: PaperLanguage): string {
  if (whole === 0) return '–'
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    part / whole,
  )
}

function waitText({ count, medianMs, p90Ms, longestMs }: WaitFigures, words: ShiftWords): string {
  if (count === 0) return words.nobody
  const [median, p90, longest] = [clock(medianMs), clock(p90Ms), clock(longestMs)]
  return fill(words.waits, { count, median, p90, longest })
}

/** Minutes and seconds. */
function clock(ms: number | null): string {
  const seconds = Math.round((ms ?? 0) / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function hoursOf({ words, figures, language }: Paper): Content {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    ...{ hour: '2-digit', minute: '2-digit', timeZone: figures.timeZone },
  })
  const busy = figures.hours.filter(
    ({ planned, running, completed, failed }) => planned + running + completed + failed > 0,
  )
  if (busy.length === 0) return ''
  const head = [words.hour, words.completed, words.running, words.planned, words.failed]
  const rows = busy.map(({ at, completed, running, planned, failed }) => [
    format.format(new Date(at)),
    ...[completed, running, planned, failed].map(String),
  ])
  return grid([head, ...rows], ['*', 70, 70, 70, 70])
}

function incidentsOf({ words, when, language, figures }: Paper): Content[] {
  if (figures.incidents.length === 0) return [{ text: words.noIncidents }]
  const rowOf = ({ at, terminalName, kind, code }: Incident): string[] => {
    const category = ANY_FLAG_CATEGORIES.find((one) => kind === 'FLAGGED' && one === code)
    const what = INCIDENT_WORDS[language][kind]
    const more = category ? `: ${CATEGORY_WORDS[language][category]}` : ''
    return [when(at), terminalName, `${what}${more}`]
  }
  const head = [words.at, words.terminal, words.what]
  return [grid([head, ...figures.incidents.map(rowOf)], [130, 110, '*'])]
}

function heading(text: string): Content {
  return { text, bold: true, fontSize: 11.5, margin: [0, 10, 0, 3] }
}

function facts(rows: readonly (readonly [string, string])[]): Content {
  const body = rows.map(([term, value]): TableCell[] => [{ text: term, color: SOFT }, value])
  return lined(body, [200, '*'], 0)
}

function grid(rows: readonly (readonly string[])[], widths: (number | '*')[]): Content {
  const [head = [], ...rest] = rows
  const bold = head.map((text): TableCell => ({ text, bold: true }))
  return lined([bold, ...rest.map((row): TableCell[] => [...row])], widths, 1)
}

function lined(body: TableCell[][], widths: (number | '*')[], headerRows: number): Content {
  return {
    table: { widths, headerRows, body },
    fontSize: 9,
    margin: [0, 2, 0, 2],
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0,
      hLineColor: () => LINE,
      paddingLeft: (index) => (index === 0 ? 0 : 6),
    },
  }
}

const localeOf = (language: PaperLanguage): string => (language === 'en' ? 'en-GB' : language)

function times({ figures }: PaperReport, language: PaperLanguage): (instant: string) => string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    ...{ day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' },
    timeZone: figures.timeZone,
  })
  return (instant) => format.format(new Date(instant))
}
