import type { GapCause } from '@visavis/contract/recording-manifest'

export const PAPER_LANGUAGES = ['en', 'ru'] as const
export type PaperLanguage = (typeof PAPER_LANGUAGES)[number]

/** What an export says of itself, on paper and in its README. */
export type ExportWords = {
  readonly title: string
  readonly subtitle: string
  readonly draft: string
  readonly of: string
  readonly terms: Readonly<Record<Term, string>>
  readonly classes: Readonly<Record<'social' | 'official', string>>
  readonly process: string
  readonly steps: readonly string[]
  readonly originals: string
  readonly columns: readonly [string, string, string]
  readonly parties: Readonly<Record<'VISITOR' | 'INMATE', string>>
  readonly kinds: Readonly<Record<'audio' | 'video', string>>
  readonly copy: string
  readonly gaps: string
  readonly noGaps: string
  readonly everything: string
  readonly causes: Readonly<Record<GapCause, string>>
  readonly declaration: string
  readonly declares: readonly string[]
  readonly signHere: readonly string[]
  readonly page: string
  /** The README; in braces what is filled in. */
  readonly readme: string
}

export const TERMS = [
  'export',
  'visit',
  'facility',
  'visitClass',
  'booked',
  'recipient',
  'purpose',
  'caseNumber',
  'askedBy',
  'decidedBy',
  'madeAt',
  'fingerprint',
] as const
export type Term = (typeof TERMS)[number]

export const EXPORT_WORDS_EN: ExportWords = {
  title: 'Certificate of an electronic record',
  subtitle: 'Recording of a video visit',
  draft:
    'DRAFT. To be read, completed and signed by a qualified person before it is handed in. It is written in the manner of Federal Rules of Evidence 902(13) and 902(14); elsewhere the court’s own form goes before.',
  of: 'What this is about',
  terms: {
    export: 'Export',
    visit: 'Visit',
    facility: 'Facility',
    visitClass: 'Class of the visit',
    booked: 'Booked time',
    recipient: 'Recipient',
    purpose: 'Purpose',
    caseNumber: 'Case number',
    askedBy: 'Asked for by',
    decidedBy: 'Approved by (another person)',
    madeAt: 'Put together',
    fingerprint: 'Fingerprint of the signing key',
  },
  classes: { social: 'social', official: 'official' },
  process: 'How the record was made',
  steps: [
    'The recording server received each person’s sound and picture from the conference server as separate tracks, and wrote every packet as it arrived into a journal. Journals are only ever added to.',
    'About each second, what had arrived was encrypted (AES-256-GCM), linked to all before it by SHA-256 and written to disk. The state of this chain was entered in the facility’s audit log while the visit went on.',
    'After the visit the frames of each track were put into a file of their own, without transcoding. Where sound never arrived, silence stands in its place; how much is in the manifest.',
    'A manifest with the SHA-256 of every file, the missing stretches and their causes was signed (Ed25519), and its hash entered in the audit log.',
    'For this export the originals were decrypted into the archive, every piece being verified before it was used. The archive and the decision of two people are in the audit log, whose entries about this visit are enclosed with proofs.',
  ],
  originals: 'Files and their SHA-256',
  columns: ['File', 'What', 'SHA-256'],
  parties: { VISITOR: 'outside', INMATE: 'inside' },
  kinds: { audio: 'sound', video: 'picture' },
  copy: 'copy for viewing, made from the originals',
  gaps: 'What is missing from the recording',
  noGaps: 'No missing stretch of half a second or more is known.',
  everything: 'everything',
  causes: {
    RECORDER_LOST: 'the recorder failed',
    MEDIA_LOST: 'the media server failed',
    SERVER_LOST: 'the server failed',
    DISK_FULL: 'the disk was full',
    DAMAGED: 'damaged on disk',
    NO_RECORDER: 'no recorder was there',
    GONE_ON: 'an officer let the visit go on unrecorded',
    MUTED: 'muted by an officer',
    SWITCHED_OFF: 'switched off by the person',
    LINE_LOST: 'the line was lost',
    DEVICE_LOST: 'the camera or microphone failed',
    NOT_KNOWN: 'cause unknown',
  },
  declaration: 'Declaration',
  declares: [
    'I am responsible for, or familiar with, the system that made these records, and qualified to certify this.',
    'The process described above makes an accurate record of what it receives, and was in use for this visit.',
    'I have compared the SHA-256 of each file listed with the file itself, by the enclosed program or another.',
    'I declare under penalty of perjury, or what the law here has in its place, that this is true to the best of my knowledge.',
  ],
  signHere: ['Name', 'Position', 'Place and date', 'Signature'],
  page: 'Page {n} of {all}',
  readme: `EXPORT OF A RECORDED VIDEO VISIT

For: {recipient}
Case number: {caseNumber}
Visit: {visit}
Export: {export}, made {madeAt}

This archive was made for the recipient named above alone. Passing it on may be against the law.

WHAT IS IN IT
recordings/<id>/*.webm       originals: each person's sound and picture as they arrived, not transcoded
recordings/<id>/journal.vvj  every packet as it arrived; encrypted, here as proof of what was recorded
recordings/<id>/manifest*    what was recorded, with hashes, gaps and causes; signed
recordings/derived/*         copies for viewing, side by side; they are not originals
audit/                       all audit entries about this visit, each with proof that it stands in the log
certificate-*.pdf            draft of a certificate for the court
contents.json                every file of this archive with its hash; signed
visavis-verify.mjs           checks all of this, without a network

HOW TO PLAY
The .webm files play in any current browser and in VLC. Times of tracks are in the manifest.

HOW TO CHECK
1. Install Node.js 20 or newer. Better than the enclosed program is one that you got elsewhere:
   {issuer} publishes it, and so does the source of Vis-à-vis (docs/verify/visavis-verify.mjs).
2. node visavis-verify.mjs FOLDER FINGERPRINT
   FINGERPRINT is that of the operator's key. Ask the operator for it, by another way than this archive.
   In this archive it is said to be {fingerprint}
3. It says OK with what that proves and what not, or names the first bad bytes of each bad file.
`,
}
