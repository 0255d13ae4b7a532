import { createHash } from 'node:crypto'
import type { RecordingManifest } from '@visavis/contract/recording-manifest'
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { renderPdf } from '../../platform/pdf.ts'
import { SOFT, bullets, facts, grid, grouped, heading, times } from '../../platform/pdf-parts.ts'
import type { ExportWords, PaperLanguage, Term } from './export-words.ts'
import type { ExportPaper } from './papers.ts'

type Paper = ExportPaper & {
  readonly facts: readonly (readonly [Term, string])[]
  readonly words: ExportWords
  readonly language: PaperLanguage
}

/** So that 64 digits stand in two lines. */
const HASH_SIZE = 7
const WARNING = '#7a4b00'

/** The draft of a certificate for the court, as a PDF: who, which files, how they were made. */
export function courtPaper(paper: Paper): Promise<Buffer> {
  const { words, issuer, language, row } = paper
  return renderPdf({
    title: `${words.title} ${row.exportId}`,
    language,
    imprint: `Vis-à-vis · ${issuer}`,
    pageWords: words.page,
    content: contentOf(paper),
  })
}

function contentOf(paper: Paper): Content[] {
  const { words } = paper
  return [
    { text: words.title, fontSize: 19, bold: true },
    { text: words.subtitle, fontSize: 11, color: SOFT },
    { text: words.draft, color: WARNING, bold: true, margin: [0, 8, 0, 4] },
    heading(words.of),
    facts(paper.facts.map(([term, text]) => [words.terms[term], text])),
    heading(words.process),
    { ol: words.steps.map((text) => ({ text, margin: [0, 0, 0, 2] })) },
    heading(words.originals),
    grid([[...words.columns], ...fileRows(paper)], { widths: [150, '*', 190], headerRows: 1 }),
    heading(words.gaps),
    ...gapsOf(paper),
    heading(words.declaration),
    bullets(words.declares),
    facts(words.signHere.map((term) => [`${term}:`, '\n\n'])),
  ]
}

function fileRows({ manifests, words, row }: Paper): TableCell[][] {
  const chosen = new Set(row.derivativeIds)
  const cell = (file: string, what: string, sha256: string): TableCell[] => [
    { text: file, fontSize: HASH_SIZE },
    what,
    { text: grouped(sha256), fontSize: HASH_SIZE },
  ]
  const originals = manifests.flatMap(({ manifest, bytes }) => [
    ...manifest.tracks.map(({ master, party, kind }) =>
      cell(
        plainName(master.file),
        `${words.kinds[kind]}, ${words.parties[party]}`,
        master.plainSha256,
      ),
    ),
    cell('manifest', manifest.recordingId, createHash('sha256').update(bytes).digest('hex')),
  ])
  const copies = derivedOf(manifests).filter(({ derivativeId }) => chosen.has(derivativeId))
  return [
    ...originals,
    ...copies.map(({ file }) => cell(plainName(file.file), words.copy, file.plainSha256)),
  ]
}

/** Each copy once, though several recordings may be in it. */
function derivedOf(manifests: Paper['manifests']): RecordingManifest['derived'] {
  const all = manifests.flatMap(({ manifest }) => manifest.derived)
  return [...new Map(all.map((one) => [one.derivativeId, one])).values()]
}

function plainName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.sealed$/, '')
}

/** Every manifest of a visit declares the same gaps. */
function gapsOf({ manifests, words, language, visit }: Paper): Content[] {
  const gaps = manifests[0]?.manifest.gaps ?? []
  const tracks = manifests.flatMap(({ manifest }) => manifest.tracks)
  const when = times(language, visit.facility.timeZone)
  if (gaps.length === 0) return [{ text: words.noGaps }]
  return [
    bullets(
      gaps.map(({ from, to, cause, kind, seatId }) => {
        const party = tracks.find((track) => track.seatId === seatId)?.party
        const side = party ? words.parties[party] : (seatId ?? '')
        const what = kind ? `${words.kinds[kind]}, ${side}` : words.everything
        return `${when(from)} – ${when(to)}: ${what}: ${words.causes[cause]}`
      }),
    ),
  ]
}
