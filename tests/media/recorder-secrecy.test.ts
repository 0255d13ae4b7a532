import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { useRecorders } from './recorder-scene.ts'
import type { OpenRecording } from './recorder-scene.ts'
import { isRtp, sendAll } from './rtp-clip.ts'
import type { Clip } from './rtp-clip.ts'

const { dataDir, clip, aRecorder, open, close } = useRecorders()

/** A word of a note; a person's name may never stand in one, and this one stands for it. */
const NOTE_CODE = 'NATALYA_SEEDOVA_IN_A_NOTE'
/** What every WebM and Matroska file begins with; four bytes alone come about by chance. */
const EBML = Buffer.from('1a45dfa3', 'hex')
const EBML_LOOKS_AHEAD = 64
/** Long enough that no sealed byte sequence is the same by chance. */
const PAYLOAD_BYTES = 24

type Trace = { readonly what: string; readonly bytes: Buffer }

/** All that may be nowhere on a disk. */
function tracesOf({ key }: OpenRecording, { audio, video }: Clip): Trace[] {
  const secret = Buffer.from(key)
  const payloads = [...audio.datagrams, ...video.datagrams]
    .filter(isRtp)
    .filter((_, at) => at % 20 === 0)
    .map(({ bytes }) => bytes.subarray(20, 20 + PAYLOAD_BYTES))
    .filter(({ length }) => length === PAYLOAD_BYTES)
  return [
    { what: 'the key', bytes: secret },
    ...(['hex', 'base64', 'base64url'] as const).map((encoding) => ({
      what: `the key in ${encoding}`,
      bytes: Buffer.from(secret.toString(encoding).replaceAll('=', '')),
    })),
    { what: 'a sound track', bytes: Buffer.from('OpusHead') },
    { what: 'a picture', bytes: Buffer.from('WEBPVP8 ') },
    { what: 'a note', bytes: Buffer.from(NOTE_CODE) },
    { what: 'an event', bytes: Buffer.from('trackDescribed') },
    ...payloads.map((bytes) => ({ what: 'what was sent', bytes })),
  ]
}

function tracesIn(bytes: Buffer, traces: readonly Trace[]): string[] {
  const found = traces.filter((trace) => bytes.includes(trace.bytes)).map(({ what }) => what)
  return hasEbml(bytes) ? [...found, 'a container'] : found
}

function hasEbml(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(EBML); at >= 0; at = bytes.indexOf(EBML, at + 1)) {
    const head = bytes.subarray(at, at + EBML_LOOKS_AHEAD).toString('latin1')
    if (head.includes('webm') || head.includes('matroska')) return true
  }
  return false
}

async function tracesUnder(folder: string, traces: readonly Trace[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    // What is being made may have its last name meanwhile.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
    found.push(...tracesIn(bytes, traces).map((what) => `${what} in ${entry.name}`))
  }
  return found
}

/** How often bytes stand in the memory of a process, which must be of this user. */
function countInMemory(pid: number, bytes: Uint8Array): number {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  let count = 0
  for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
    if (!range) continue
    const [start, end] = [parseInt(range[1] ?? '', 16), parseInt(range[2] ?? '', 16)]
    const stretch = readStretch(memory, start, end - start)
    for (let at = stretch.indexOf(bytes); at >= 0; at = stretch.indexOf(bytes, at + 1)) count += 1
  }
  closeSync(memory)
  return count
}

function readStretch(memory: number, start: number, length: number): Buffer {
  const stretch = Buffer.alloc(length)
  try {
    return stretch.subarray(0, readSync(memory, stretch, 0, length, start))
  } catch {
    // A stretch that only reserves addresses cannot be read.
    return Buffer.alloc(0)
  }
}

describe('a recording on the disk', () => {
  it('[RC-2] never has anything in clear, not while it goes on, not while its files are made, not after', async () => {
    const taps = await clip(5)
    const recorder = await aRecorder()
    const opened = await open(recorder, taps)
    const { recordingId } = opened
    const note = { at: '2026-11-22T10:00:00.000Z', kind: 'PAUSED', code: NOTE_CODE } as const
    await recorder.client.call('note', { recordingId, note })
    const traces = tracesOf(opened, taps)
    expect(traces.length).toBeGreaterThan(20)
    await sendAll(opened.port, [...taps.audio.datagrams, ...taps.video.datagrams])
    const found: string[] = []
    const look = async () => found.push(...(await tracesUnder(dataDir(), traces)))
    await look()
    const made = new AbortController()
    const watching = (async () => {
      while (!made.signal.aborted) await look()
    })()
    const { result, playable, track } = await close(recorder, opened)
    made.abort()
    await watching
    await look()
    expect(found).toEqual([])
    expect(result.tracks).toHaveLength(2)
    // The search finds what it looks for where that is in clear.
    const opus = tracesIn(await readFile(await playable(track('audio'))), traces)
    expect(opus).toEqual(expect.arrayContaining(['a sound track', 'what was sent', 'a container']))
  })
})

describe.skipIf(process.platform !== 'linux')('a recording’s key', () => {
  it('[RC-2] is in the recorder’s memory while it is needed, and nowhere when the files are made', async () => {
    const taps = await clip(5)
    const recorder = await aRecorder()
    const opened = await open(recorder, taps)
    await sendAll(opened.port, taps.audio.datagrams)
    expect(countInMemory(recorder.pid, opened.key)).toBeGreaterThan(0)
    await close(recorder, opened)
    await until(() => (countInMemory(recorder.pid, opened.key) === 0 ? true : null), 'no key')
  })
})
