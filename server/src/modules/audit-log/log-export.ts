import { readFile } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import { Fault, Refusal } from '@visavis/contract/errors'
import { ZipFile } from 'yazl'
import type { CareRepo } from './care.repo.ts'
import type { CheckpointsRepo, KeptCheckpoint } from './checkpoints.repo.ts'
import { wholeNote } from './checkpoints.service.ts'
import type { Checkpoints } from './checkpoints.service.ts'
import type { EntriesRepo } from './entries.repo.ts'
import { HOW_TO_CHECK } from './export-words.ts'
import type { AuditKeys } from './keys.service.ts'
import { logOf } from './log-name.ts'
import { originOf } from './note.ts'

export type LogExportDeps = {
  readonly checkpoints: Checkpoints
  readonly repo: Pick<CheckpointsRepo, 'after'>
  readonly entries: Pick<EntriesRepo, 'page'>
  readonly care: Pick<CareRepo, 'stamps'>
  readonly keys: Pick<AuditKeys, 'all'>
  /** The service's public origin. */
  readonly issuer: string
  /** Path of the offline verifier. */
  readonly verifierFile: string
}

/** Rows that are read at once. */
const PAGE = 2_000

/** A file of the folder: its name and its bytes, which are made when its turn comes. */
export type LogFile = { readonly name: string; readonly open: () => Readable }

/**
 * The files of a whole log as it stands under a checkpoint made now: entries as they were hashed, a line each;
 * checkpoints with their cosignatures, keys and time stamps; the verifier. NOT_FOUND of an empty log.
 */
export async function logFiles(id: string, deps: LogExportDeps): Promise<LogFile[]> {
  const log = logOf(id)
  const newest = await deps.checkpoints.of(log)
  if (!newest) throw new Refusal('NOT_FOUND')
  const { size } = newest
  const about = { v: 1, type: 'visavis.auditLog', log, origin: originOf(deps.issuer, log), size }
  const stamps = await deps.care.stamps()
  return [
    text('README.txt', HOW_TO_CHECK),
    text('log.json', json(about)),
    text('keys.json', json({ keys: await deps.keys.all() })),
    { name: 'entries.jsonl', open: () => Readable.from(entryLines(log, size, deps)) },
    { name: 'checkpoints.jsonl', open: () => Readable.from(checkpointLines(log, size, deps)) },
    ...stamps.flatMap(({ day, text: stamped, token }) => {
      const name = `time-stamps/${day.toISOString().slice(0, 'yyyy-mm-dd'.length)}`
      return [text(`${name}.txt`, stamped), text(`${name}.tsr`, Buffer.from(token))]
    }),
    text('visavis-verify.mjs', await readFile(deps.verifierFile)),
  ]
}

/** The files in one archive, made as it is read. */
export function zipOf(files: readonly LogFile[]): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream.pipe(new PassThrough())
  const broken = (error: unknown): void => {
    output.destroy(error instanceof Error ? error : new Fault('a file broke off', { cause: error }))
  }
  zip.on('error', broken)
  for (const { name, open } of files) {
    zip.addReadStreamLazy(name, { compress: true }, (give) => {
      const stream = open()
      stream.on('error', broken)
      output.on('close', () => stream.destroy())
      give(null, stream)
    })
  }
  zip.end()
  return output
}

async function* entryLines(log: string, size: number, { entries }: LogExportDeps) {
  for (let after = 0; after < size;) {
    const page = await entries.page(log, { after, to: size, take: PAGE })
    const last = page.at(-1)
    if (!last) throw new Fault('the log ends before its checkpoint')
    yield Buffer.concat(page.flatMap(({ bytes }) => [Buffer.from(bytes), NEWLINE]))
    after = last.seq
  }
}

const NEWLINE = Buffer.from('\n')

async function* checkpointLines(log: string, size: number, { repo }: LogExportDeps) {
  for (let after = 0; ;) {
    const page: KeptCheckpoint[] = await repo.after(log, after, PAGE)
    const wanted = page.filter((one) => one.size <= size)
    yield wanted.map((one) => json({ note: wholeNote(one) })).join('')
    const last = page.at(-1)
    if (!last || last.size >= size) return
    after = last.size
  }
}

function text(name: string, content: string | Uint8Array): LogFile {
  return { name, open: () => Readable.from([Buffer.from(content)]) }
}

function json(value: object): string {
  return `${JSON.stringify(value)}\n`
}
