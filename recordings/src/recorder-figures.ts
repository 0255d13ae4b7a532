import { statfs } from 'node:fs/promises'
import { Counter, Gauge, Histogram } from '@visavis/platform/metrics'
import type { Registry } from '@visavis/platform/metrics'
import type { RecordingBook } from './recording-book.ts'

/** What the recorder counts as it goes. */
export type RecorderFigures = {
  /** A journal is on disk up to there: all its frames and bytes so far, by recording. */
  readonly reached: (recordingId: string, head: { chunks: number; bytes: number }) => void
  /** That was the last of this recording. */
  readonly ended: (recordingId: string) => void
}

const STATES = ['OPEN', 'FINISHING', 'LEFT'] as const
/** Frames are written about once a second: what takes longer than that piles up. */
const SECONDS = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10]
const MS = 1_000

type Given = {
  readonly dataDir: string
  readonly book: Pick<RecordingBook, 'list'>
  readonly nowMs?: () => number
}

/** Puts the recorder's figures into a registry; none names a recording or a visit. */
export function measureRecorder(
  registry: Registry,
  { dataDir, book, nowMs = () => performance.now() }: Given,
): RecorderFigures {
  const registers = [registry]
  const frames = new Counter({
    ...{ name: 'visavis_recorder_frames_total', registers },
    help: 'Frames of journals that are on disk.',
  })
  const bytes = new Counter({
    ...{ name: 'visavis_recorder_journal_bytes_total', registers },
    help: 'Bytes of journals that are on disk.',
  })
  const between = new Histogram({
    ...{ name: 'visavis_recorder_write_interval_seconds', registers, buckets: SECONDS },
    help: 'Time between two writes of one journal that the disk has confirmed.',
  })
  showStates(registry, book)
  showFreeSpace(registry, dataDir)
  const heads = new Map<string, { chunks: number; bytes: number; atMs: number }>()
  return {
    reached(recordingId, head) {
      const before = heads.get(recordingId)
      frames.inc(Math.max(0, head.chunks - (before?.chunks ?? 0)))
      bytes.inc(Math.max(0, head.bytes - (before?.bytes ?? 0)))
      if (before) between.observe((nowMs() - before.atMs) / MS)
      heads.set(recordingId, { chunks: head.chunks, bytes: head.bytes, atMs: nowMs() })
    },
    ended: (recordingId) => void heads.delete(recordingId),
  }
}

function showStates(registry: Registry, book: Given['book']): void {
  new Gauge({
    name: 'visavis_recorder_recordings',
    help: 'Recordings that go on or wait for their files.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const all = book.list()
      for (const state of STATES) {
        this.set({ state }, all.filter((each) => each.state === state).length)
      }
    },
  })
}

function showFreeSpace(registry: Registry, dataDir: string): void {
  new Gauge({
    name: 'visavis_recorder_disk_free_bytes',
    help: 'Free where journals are written.',
    registers: [registry],
    async collect() {
      const { bavail, bsize } = await statfs(dataDir).catch(() => ({ bavail: 0, bsize: 0 }))
      this.set(bavail * bsize)
    },
  })
}
