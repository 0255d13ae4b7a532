import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { RecordingId, VisitId } from '@visavis/contract/ids'
import { SEALING } from '@visavis/contract/recording-result'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { proveSealedFile } from '@visavis/platform/proof/file-proof'
import { fileContext } from '@visavis/platform/sealed/cobblestone'
import { createSealer, openSealedFile } from '@visavis/platform/sealed/sealed-file'
import { openFileSource } from '@visavis/recordings/journal/byte-source'
import { JOURNAL_VERSION } from '@visavis/recordings/journal/journal-format'
import { openJournal } from '@visavis/recordings/journal/journal-reader'
import { scanFile } from '@visavis/recordings/journal/journal-scan'
import { createJournalWriter } from '@visavis/recordings/journal/journal-writer'
import { quantile } from '../support/statistics.ts'

/**
 * How fast recordings are sealed, opened and proved, on real files: a sealed file of `MB` megabytes, stretches of
 * 64 KiB at random places of it, and a journal as a recorder writes it.
 */

const MB = Number(process.argv[2] ?? 256)
const MEGABYTE = 1_000_000
const STEP_BYTES = 1024 * 1024
const STRETCH_BYTES = 64 * 1024
const STRETCHES = 2_000
const PACKET_BYTES = 1_000

const [loadBefore = 0] = loadavg()
const folder = await mkdtemp(join(tmpdir(), 'visavis-sealing-'))
try {
  const files = await measureFiles()
  const journal = await measureJournal()
  console.log(
    JSON.stringify({
      bench: 'sealing',
      mb: MB,
      cores: availableParallelism(),
      loadBefore,
      ...files,
      ...journal,
    }),
  )
} finally {
  await rm(folder, { recursive: true })
}

async function measureFiles() {
  const keys = { key: randomBytes(32), context: fileContext('bench', 'track.webm.sealed') }
  const step = randomBytes(STEP_BYTES)
  const file = await open(join(folder, 'object'), 'wx')
  const sealMs = await timed(async () => {
    const sealer = createSealer(keys)
    for (let bytes = 0; bytes < MB * MEGABYTE; bytes += STEP_BYTES)
      await file.write(sealer.add(step))
    await file.write(sealer.end())
    await file.sync()
  })
  const { size: sealedBytes } = await file.stat()
  await file.close()
  const store = createFolderStore(folder)
  const source = {
    ...keys,
    sealedBytes,
    readAt: (start: number, end: number) => store.readAt('object', start, end),
  }
  const sealed = await openSealedFile(source)
  const openMs = await timed(async () => {
    let bytes = 0
    for await (const part of sealed.stream(0, sealed.plainBytes - 1))
      bytes += (part as Buffer).length
    if (bytes !== sealed.plainBytes) throw new RangeError('the stream was short')
  })
  const stretchMs: number[] = []
  for (let done = 0; done < STRETCHES; done += 1) {
    const start = Math.floor(Math.random() * (sealed.plainBytes - STRETCH_BYTES))
    stretchMs.push(await timed(() => sealed.read(start, start + STRETCH_BYTES - 1)))
  }
  const proveMs = await timed(() => proveSealedFile(source, 'track.webm.sealed'))
  return {
    sealMbPerS: mbPerS(sealMs),
    openMbPerS: mbPerS(openMs),
    proveMbPerS: mbPerS(proveMs),
    stretch64KiBMs: {
      p50: rounded(quantile(stretchMs, 0.5)),
      p95: rounded(quantile(stretchMs, 0.95)),
    },
  }
}

async function measureJournal() {
  const path = join(folder, 'journal.vvj')
  const key = randomBytes(32)
  let chunks = 0
  const journal = await createJournalWriter({
    path,
    header: {
      v: JOURNAL_VERSION,
      sealing: SEALING,
      recordingId: RecordingId.parse(crypto.randomUUID()),
      visitId: VisitId.parse(crypto.randomUUID()),
      epoch: 1,
      grantSha256: '0'.repeat(64),
      wallStart: new Date().toISOString(),
      monoStart: String(process.hrtime.bigint()),
    },
    key,
    clock: { now: () => new Date() },
    onHead: (head) => (chunks = head.chunks),
    onFailed(fault) {
      throw fault
    },
  })
  const packet = randomBytes(PACKET_BYTES)
  const writeMs = await timed(async () => {
    for (let bytes = 0; bytes < MB * MEGABYTE; bytes += PACKET_BYTES) {
      journal.append('rtp', process.hrtime.bigint(), packet)
      if (bytes % (32 * MEGABYTE) === 0) await journal.settle()
    }
    await journal.close('CLOSED')
  })
  const scanMs = await timed(async () => scanFile(path))
  const source = openFileSource(path)
  const readMs = await timed(async () => {
    for (const { records } of openJournal(source, key)?.segments() ?? [])
      if (records.length === 0) return
  })
  source.close()
  return {
    journalWriteMbPerS: mbPerS(writeMs),
    journalChunks: chunks,
    journalScanMbPerS: mbPerS(scanMs),
    journalReadMbPerS: mbPerS(readMs),
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function mbPerS(ms: number): number {
  return Math.round((MB * 1000) / ms)
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
