import type { Content } from 'pdfmake/interfaces.js'
import type { PdfPaper } from '../../platform/pdf-document.ts'
import { renderPdf } from '../../platform/pdf.ts'
import { SOFT, bullets, facts, grouped, heading, times } from '../../platform/pdf-parts.ts'
import type { Certificate } from './certificate.ts'
import { figuresPage } from './certificate-pdf-figures.ts'
import { TONES } from './certificate-pdf-parts.ts'
import type { Paper } from './certificate-pdf-parts.ts'
import { CERTIFICATE_WORDS } from './certificate-words.ts'
import type { CertificateLanguage } from './certificate-words.ts'
import type { IssuedRow } from './certificates.repo.ts'

type Given = {
  readonly facility: { readonly name: string; readonly timeZone: string }
  readonly language: CertificateLanguage
}

const MS_PER_MINUTE = 60_000
/** So that 64 digits stand in one line. */
const HASH_SIZE = 7.6

/** A stored certificate on paper: one page that says what it is, and one of figures. */
export function certificatePdf(
  row: Pick<IssuedRow, 'bytes' | 'sha256'>,
  { facility, language }: Given,
): Promise<Buffer> {
  const { certificate } = JSON.parse(new TextDecoder().decode(row.bytes)) as {
    certificate: Certificate
  }
  const words = CERTIFICATE_WORDS[language]
  const when = times(language, facility.timeZone)
  const paper = { certificate, words, when, facilityName: facility.name, sha256: row.sha256 }
  return renderPdf(pdfPaperOf(paper, language))
}

function pdfPaperOf(paper: Paper, language: CertificateLanguage): PdfPaper {
  const { words, certificate } = paper
  return {
    title: `${words.title} ${String(certificate.visit['visitId'])}`,
    language,
    imprint: `Vis-à-vis · ${certificate.issuer}`,
    pageWords: words.page,
    content: [...firstPage(paper), { text: '', pageBreak: 'after' }, ...figuresPage(paper)],
  }
}

function firstPage(paper: Paper): Content[] {
  const { words, certificate } = paper
  const { finding, proves, provesNot } = certificate
  const say = (codes: readonly string[]) => codes.map((code) => words.statements[code] ?? code)
  return [
    ...titleOf(paper),
    findingBox(words.finding[finding], { text: words.findingText[finding], tone: TONES[finding] }),
    heading(words.visit),
    visitFacts(paper),
    heading(words.proves),
    bullets(say(proves)),
    heading(words.provesNot),
    bullets(say(provesNot)),
    heading(words.check),
    { text: words.checkText, margin: [0, 0, 0, 6] },
    signatureFacts(paper),
  ]
}

function titleOf({ words, certificate }: Paper): Content[] {
  return [
    { text: 'Vis-à-vis', fontSize: 10, color: SOFT, characterSpacing: 0.4 },
    { text: words.title, fontSize: 20, bold: true, margin: [0, 2, 0, 0] },
    { text: words.subtitle, fontSize: 11, color: SOFT },
    {
      text: `${words.number} ${String(certificate.visit['visitId'])} / ${certificate.number}`,
      fontSize: 8.5,
      color: SOFT,
      margin: [0, 4, 0, 8],
    },
  ]
}

function findingBox(title: string, { text, tone }: { text: string; tone: string }): Content {
  return {
    table: {
      widths: ['*'],
      body: [
        [
          {
            stack: [
              { text: title, bold: true, fontSize: 13, color: tone },
              { text, margin: [0, 3, 0, 0] },
            ],
            margin: [10, 8, 10, 8],
            borderColor: [tone, tone, tone, tone],
          },
        ],
      ],
    },
    layout: 'boxed',
  }
}

function visitFacts({ words, certificate, when, facilityName }: Paper): Content {
  const { terms } = words
  const { visit } = certificate
  const text = (name: string): string => String(visit[name] ?? '')
  const media =
    visit['mediaFrom'] === undefined
      ? terms.noMedia
      : `${when(text('mediaFrom'))} – ${when(text('mediaTo'))}`
  const minutes = Math.round(Number(visit['deliveredMs']) / MS_PER_MINUTE)
  return facts([
    [terms.reference, text('visitId')],
    [terms.facility, facilityName],
    [terms.class, terms.privileged],
    [terms.booked, `${when(text('bookedFrom'))} – ${when(text('bookedTo'))}`],
    [terms.media, media],
    [terms.ended, when(text('endedAt'))],
    [terms.delivered, `${minutes} ${words.minutes}`],
    [terms.participants, text('participants')],
  ])
}

function signatureFacts({ words, certificate, when, sha256 }: Paper): Content {
  return facts([
    [words.issued, when(certificate.issuedAt)],
    [words.fingerprint, grouped(certificate.key.fingerprint), HASH_SIZE],
    [words.sha256, grouped(sha256), HASH_SIZE],
  ])
}
