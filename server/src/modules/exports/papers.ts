import type { RecordingManifest } from '@visavis/contract/recording-manifest'
import { textFile } from '../../platform/archive.ts'
import type { ArchiveFile } from '../../platform/archive.ts'
import { courtPaper } from './court-paper.ts'
import { nameOf } from './export-rules.ts'
import { EXPORT_WORDS_EN, PAPER_LANGUAGES } from './export-words.ts'
import type { ExportWords, PaperLanguage, Term } from './export-words.ts'
import { EXPORT_WORDS_RU } from './export-words-ru.ts'
import type { KeptVisit, StoredExport } from './exports.repo.ts'
import { grouped, times } from '../../platform/pdf-parts.ts'

/** What an export's papers are about. */
export type ExportPaper = {
  readonly row: StoredExport
  readonly visit: KeptVisit
  readonly manifests: readonly {
    readonly manifest: RecordingManifest
    readonly bytes: Uint8Array
  }[]
  readonly issuer: string
  /** Of the key that signs, hex. */
  readonly fingerprint: string
  readonly madeAt: Date
}

const WORDS: Readonly<Record<PaperLanguage, ExportWords>> = {
  en: EXPORT_WORDS_EN,
  ru: EXPORT_WORDS_RU,
}
const LINE = '\n' + '-'.repeat(100) + '\n\n'

/** The README in every language, and the draft certificate in each. */
export async function paperFiles(about: ExportPaper): Promise<ArchiveFile[]> {
  const readme = PAPER_LANGUAGES.map((language) => readmeOf(about, language)).join(LINE)
  const papers = PAPER_LANGUAGES.map(async (language) => {
    const paper = { ...about, facts: factsOf(about, language), words: WORDS[language], language }
    return textFile(`certificate-${language}.pdf`, await courtPaper(paper))
  })
  return [textFile('README.txt', Buffer.from(readme)), ...(await Promise.all(papers))]
}

function readmeOf(about: ExportPaper, language: PaperLanguage): string {
  const facts = new Map(factsOf(about, language))
  const { readme } = WORDS[language]
  return readme.replace(/\{(\w+)\}/g, (mark, name: string) =>
    name === 'issuer' ? about.issuer : (facts.get(name as Term) ?? mark),
  )
}

/** What is known of the export, by its terms, in their order. */
export function factsOf(about: ExportPaper, language: PaperLanguage): [Term, string][] {
  const { row, visit, madeAt, fingerprint } = about
  const { visitClass, facility, startsAt, endsAt } = visit
  const when = times(language, facility.timeZone)
  const at = (instant: Date | null): string => (instant ? when(instant.toISOString()) : '')
  const className = visitClass === 'privileged' ? '' : WORDS[language].classes[visitClass]
  return [
    ['export', row.exportId],
    ['visit', row.visitId],
    ['facility', facility.name],
    ['visitClass', className],
    ['booked', `${at(startsAt)} – ${at(endsAt)}`],
    ['recipient', row.recipient],
    ['purpose', row.purpose],
    ['caseNumber', row.caseNumber],
    ['askedBy', `${nameOf(row.asker)}, ${at(row.askedAt)}`],
    ['decidedBy', row.decider ? `${nameOf(row.decider)}, ${at(row.decidedAt)}` : ''],
    ['madeAt', at(madeAt)],
    ['fingerprint', grouped(fingerprint)],
  ]
}
