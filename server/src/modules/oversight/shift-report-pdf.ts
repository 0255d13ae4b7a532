import { ANY_FLAG_CATEGORIES } from '@visavis/contract/flag-kinds'
import type { Incident, ShiftFigures, WaitFigures } from '@visavis/contract/http'
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { SOFT, facts, grid, heading } from '../../platform/pdf-parts.ts'
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

const TERM_WIDTH = 200

/** The report on paper, as bytes. */
export function shiftReportPdf(report: PaperReport, language: PaperLanguage): Promise<Buffer> {
  const words = SHIFT_WORDS[language]
  const paper = { ...report, words, language, when: times(report, language) }
  return renderPdf({
    title: words.title,
    language,
    imprint: 'Vis-à-vis',
    pageWords: words.page,
    content: contentOf(paper),
  })
}

function contentOf(paper: Paper): Content[] {
  const { words } = paper
  return [
    { text: words.title, fontSize: 17, bold: true, margin: [0, 0, 0, 6] },
    facts(headOf(paper), TERM_WIDTH),
    heading(words.note),
    { text: paper.note === '' ? words.noNote : paper.note },
    heading(words.open),
    facts(openOf(paper), TERM_WIDTH),
    heading(words.figures),
    facts(figuresOf(paper), TERM_WIDTH),
    hoursOf(paper),
    heading(words.incidents),
    ...incidentsOf(paper),
    { text: words.noNames, color: SOFT, margin: [0, 10, 0, 0], fontSize: 8.5 },
  ]
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
    [words.advice, adviceText(figures.advice, words)],
  ]
}

/** All kinds together; by kind they are on the page. */
function adviceText(advice: ShiftFigures['advice'], words: ShiftWords): string {
  const sum = (of: 'told' | 'right' | 'false'): number =>
    advice.reduce((all, each) => all + each[of], 0)
  const counts = { told: sum('told'), right: sum('right'), false: sum('false') }
  return counts.told === 0 ? words.noAdvice : fill(words.advised, counts)
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
  return headed([head, ...rows], ['*', 70, 70, 70, 70])
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
  return [headed([head, ...figures.incidents.map(rowOf)], [130, 110, '*'])]
}

/** Rows under a head that stands again on every page. */
function headed(rows: readonly (readonly string[])[], widths: (number | '*')[]): Content {
  const [head = [], ...rest] = rows
  const bold = head.map((text): TableCell => ({ text, bold: true }))
  return grid([bold, ...rest.map((row): TableCell[] => [...row])], { widths, headerRows: 1 })
}

const localeOf = (language: PaperLanguage): string => (language === 'en' ? 'en-GB' : language)

function times({ figures }: PaperReport, language: PaperLanguage): (instant: string) => string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    ...{ day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' },
    timeZone: figures.timeZone,
  })
  return (instant) => format.format(new Date(instant))
}
