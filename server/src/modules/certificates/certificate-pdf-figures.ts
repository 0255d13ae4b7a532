import { CENSUS_COUNTS, EXPECTED_COUNTS } from '@visavis/contract/census'
import type { CensusCount } from '@visavis/contract/census'
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { SOFT, facts, grid, grouped, heading } from '../../platform/pdf-parts.ts'
import { TONES } from './certificate-pdf-parts.ts'
import type { Paper } from './certificate-pdf-parts.ts'

const MS_PER_S = 1_000
/** More of a kind is said in the JSON. */
const MOST_ROWS = 12

/** The page of figures. */
export function figuresPage(paper: Paper): Content[] {
  const { words } = paper
  return [
    { text: words.figures, fontSize: 15, bold: true },
    { text: words.figuresText, color: SOFT, margin: [0, 2, 0, 6] },
    countTable(paper),
    heading(words.gaps),
    gapTable(paper),
    heading(words.violations),
    violationTable(paper),
    heading(words.rows),
    rowFacts(paper),
    heading(words.canary),
    ...canaryPart(paper),
    heading(words.chains),
    chainTable(paper),
    heading(words.software),
    { text: softwareText(paper), fontSize: 9 },
  ]
}

const head = (...texts: string[]): TableCell[] =>
  texts.map((text) => ({ text, bold: true, color: SOFT, fontSize: 8.5 }))

function countTable({ words, certificate }: Paper): Content {
  const row = (name: CensusCount): TableCell[] => {
    const isExpected = EXPECTED_COUNTS.includes(name)
    const most = certificate.totals.most[name]
    const isWrong = !isExpected && most > 0
    return [
      { text: words.counts[name] },
      { text: String(most), bold: true, ...(isWrong ? { color: TONES.VIOLATED } : {}) },
      { text: isExpected ? words.any : '0', color: SOFT },
    ]
  }
  const body = [head(words.counted, words.most, words.expected), ...CENSUS_COUNTS.map(row)]
  return grid(body, { widths: ['*', 90, 90], headerRows: 1 })
}

function gapTable({ words, certificate, when }: Paper): Content {
  const { gaps } = certificate
  if (gaps.length === 0) return { text: words.noGaps }
  const rows = gaps
    .slice(0, MOST_ROWS)
    .map(({ from, to, ms, reason }): TableCell[] => [
      { text: `${when(from)} – ${when(to)}` },
      { text: `${Math.round(ms / MS_PER_S)} s` },
      { text: words.gapReasons[reason] },
    ])
  return grid([...rows, ...moreOf(gaps.length, 3)], { widths: ['*', 45, 150] })
}

function violationTable({ words, certificate, when }: Paper): Content {
  const { violations } = certificate
  if (violations.length === 0) return { text: words.noViolations }
  const rows = violations
    .slice(0, MOST_ROWS)
    .map(({ at, what }): TableCell[] => [{ text: when(at) }, { text: what }])
  return grid([...rows, ...moreOf(violations.length, 2)], { widths: [170, '*'] })
}

function moreOf(all: number, columns: number): TableCell[][] {
  if (all <= MOST_ROWS) return []
  const rest: TableCell[] = Array.from({ length: columns - 1 }, () => ({ text: '' }))
  return [[{ text: `+ ${all - MOST_ROWS}` }, ...rest]]
}

function rowFacts({ words, certificate }: Paper): Content {
  const names = ['recordings', 'observations', 'alarms'] as const
  return facts(names.map((name) => [words.rowNames[name], String(certificate.rows[name] ?? 0)]))
}

function canaryPart({ words, certificate, when }: Paper): Content[] {
  const { canary } = certificate
  if (canary === undefined) return [{ text: words.noCanary }]
  const { ranAt, isOk: hasHeld, checks } = canary
  const verdict = hasHeld ? words.canaryHeld : words.canaryFailed
  return [
    { text: `${when(ranAt)}: ${verdict}`, margin: [0, 0, 0, 2] },
    {
      text: checks.map(({ name, isOk }) => `${isOk ? '+' : '−'} ${words.checks[name]}`).join('; '),
      fontSize: 8.5,
      color: SOFT,
    },
  ]
}

function chainTable({ words, certificate }: Paper): Content {
  const last = new Map<number, { lines: number; hash: string }>()
  for (const { text, hash } of certificate.census) {
    const { epoch } = JSON.parse(text) as { epoch: number }
    last.set(epoch, { lines: (last.get(epoch)?.lines ?? 0) + 1, hash })
  }
  const rows = [...last]
    .slice(-MOST_ROWS)
    .map(([epoch, { lines, hash }]): TableCell[] => [
      { text: String(epoch) },
      { text: String(lines) },
      { text: grouped(hash), fontSize: 8 },
    ])
  const body = [head(words.epoch, words.lines, words.lastHash), ...rows]
  return grid(body, { widths: [50, 40, '*'], headerRows: 1 })
}

function softwareText({ certificate }: Paper): string {
  return Object.entries(certificate.software)
    .map(([name, version]) => `${name} ${version}`)
    .join(' · ')
}
