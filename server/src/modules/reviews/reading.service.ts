import { Fault, Refusal } from '@visavis/contract/errors'
import { byteRange } from '../../platform/byte-range.ts'
import type { RangeHeaders } from '../../platform/byte-range.ts'
import { begun } from '../../platform/send-bytes.ts'
import type { AnsweredBytes } from '../../platform/send-bytes.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { remembered } from './play-memory.ts'
import type { PlayMemory } from './play-memory.ts'
import type { OwnPlay, Plays } from './plays.service.ts'
import type { Reader, SealedMedia, SealedObject } from './sealed-media.ts'
import { fileOf, masterOf, mimeTypeOf } from './tracks.service.ts'
import type { Tracks } from './tracks.service.ts'
import type { KeptTrack, KeptVisitRecording } from './visits.repo.ts'

type Deps = {
  readonly plays: Plays
  readonly tracks: Tracks
  readonly media: SealedMedia
  readonly memory: PlayMemory
  readonly transact: Transact
  readonly audit: Audit
}

/** A read of an open playback, as it was asked for. */
export type Asked = { readonly playId: string; readonly requestId: string }
type AskedTrack = Asked & { readonly trackId: string }
type AskedRange = AskedTrack & { readonly range: RangeHeaders }

/** Reads of an open playback; each is in the log before its first byte. */
export type Reading = ReturnType<typeof createReading>

export function createReading(deps: Deps) {
  return {
    /** A track's bytes, or the range of them that was asked for. */
    async track(actor: AccountActor, { range, ...asked }: AskedRange): Promise<AnsweredBytes> {
      const play = await deps.plays.own(actor, asked.playId)
      const { recording, track } = trackIn(play, asked.trackId)
      const object = masterOf(recordedOf(play), recording, track)
      const what = { type: 'track', objectId: track.trackId }
      const mimeType = mimeTypeOf(track.kind)
      // Originals are written once: their own name stands for their bytes.
      const tag = track.trackId
      return answer(actor, { asked, play, object, what, mimeType, tag, range }, deps)
    },
    /** One picture of a track; the log has one entry for the pictures of a track and playback. */
    thumbnail: (actor: AccountActor, asked: AskedTrack & { index: number }): Promise<Buffer> =>
      readThumbnail(actor, asked, deps),
    /** A sealed file that belongs to the playback, as `track` answers. */
    file: (actor: AccountActor, reading: FileReading) => answer(actor, reading, deps),
    /** Enters that something else than media is read: loudness, or the course. */
    enter: (actor: AccountActor, play: OwnPlay, read: { action: string; requestId: string }) =>
      enter(deps, {
        ...{ actor, play },
        ...read,
        object: { type: 'visit', objectId: play.visit.visitId },
        detail: {},
      }),
  }
}

type FileReading = {
  readonly asked: Asked
  readonly play: OwnPlay
  readonly object: SealedObject
  /** What the entry is about. */
  readonly what: { readonly type: string; readonly objectId: string }
  readonly mimeType: string
  /** As {@link AnsweredBytes} has it. */
  readonly tag: string
  readonly range: RangeHeaders
}

/** So much is answered at once of a range: each answer has its own entry in the log, and its own permission. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * The part of a range that is answered. RFC 9110 §15.3.7: a server may send less than was asked for, and says
 * what it sent; a player asks for the rest when it needs it.
 */
function answeredRange({ start, end }: { start: number; end: number }): {
  start: number
  end: number
} {
  return { start, end: Math.min(end, start + MOST_BYTES - 1) }
}

async function answer(
  actor: AccountActor,
  { asked, play, object, what, mimeType, tag, range }: FileReading,
  deps: Deps,
): Promise<AnsweredBytes> {
  const { media } = deps
  const bytes = await media.plainBytes(object)
  const wanted = byteRange(range, { bytes, tag })
  if (wanted.kind === 'unsatisfiable') return { mimeType, bytes, tag, part: null, stream: null }
  const part = wanted.kind === 'part' ? answeredRange(wanted) : null
  const { start, end } = part ?? { start: 0, end: bytes - 1 }
  const { requestId, playId } = asked
  const detail = { fromByte: start, toByte: end, of: bytes }
  await enter(deps, { actor, play, action: 'recording.read', object: what, requestId, detail })
  const file = await media.open(object, readerOf(actor, play, requestId))
  const stream = await begun(media.stream(object, file, { start, end, playId }))
  return { mimeType, bytes, tag, part, stream }
}

async function readThumbnail(
  actor: AccountActor,
  { playId, trackId, index, requestId }: AskedTrack & { index: number },
  deps: Deps,
): Promise<Buffer> {
  const { memory, media, tracks, plays } = deps
  const play = await plays.own(actor, playId)
  const { recording } = trackIn(play, trackId)
  const opened = memory.of(play)
  const parts = await remembered(opened.parts, recording.recordingId, () =>
    tracks.partsOf(recordedOf(play), recording),
  )
  const thumbnails = parts.get(trackId)?.thumbnails ?? null
  const picture = thumbnails?.pictures[index]
  if (!thumbnails || !picture) throw new Refusal('RECORDING_NOT_FOUND')
  await remembered(opened.entered, trackId, () =>
    enter(deps, {
      ...{ actor, play },
      action: 'recording.thumbnails',
      object: { type: 'track', objectId: trackId },
      requestId,
      detail: { pictures: thumbnails.pictures.length },
    }),
  )
  const object = fileOf(recordedOf(play), recording, thumbnails.proof.file)
  const file = await media.open(object, readerOf(actor, play, requestId))
  const end = picture.at + picture.bytes - 1
  const bytes = await media.read(object, file, { start: picture.at, end })
  if (bytes.length !== picture.bytes) throw new Fault('a picture of a recording is cut')
  return bytes
}

type Entered = Pick<AuditFact, 'action' | 'detail'> & {
  readonly actor: AccountActor
  readonly play: OwnPlay
  readonly object: { readonly type: string; readonly objectId: string }
  readonly requestId: string
}

async function enter(
  { transact, audit }: Deps,
  { actor, play, object, detail, ...what }: Entered,
): Promise<void> {
  const { playId, visit } = play
  const { facilityId, visitId } = visit
  await transact((tx) =>
    audit.append(tx, {
      ...{ ...what, facilityId, outcome: 'allow', actor: auditActorOf(actor) },
      object: { ...object, visitId },
      detail: { playId, ...detail },
    }),
  )
}

function readerOf(actor: AccountActor, play: OwnPlay, requestId: string): Reader {
  return { play, actor: auditActorOf(actor), requestId }
}

/** What is played, as other parts of the module know it. */
export function recordedOf({ visit }: OwnPlay) {
  return visit
}

function trackIn(
  { visit }: OwnPlay,
  trackId: string,
): { recording: KeptVisitRecording; track: KeptTrack } {
  for (const recording of visit.recordings) {
    const track = recording.tracks.find((known) => known.trackId === trackId)
    if (track && recording.destroyedAt !== null) throw new Refusal('RECORDING_DESTROYED')
    if (track) return { recording, track }
  }
  throw new Refusal('RECORDING_NOT_FOUND')
}
