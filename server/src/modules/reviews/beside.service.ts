import type { PlayTimeline, routes } from '@visavis/contract/http'
import { GapCauseShape } from '@visavis/contract/recording-manifest'
import { fullNameOf } from '@visavis/contract/person-names'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Timeline, TimelineNote } from '../timeline/index.ts'
import { speechBySeat } from './beside-rules.ts'
import type { MeasuredSound } from './beside-rules.ts'
import type { BesideRepo, StaffName } from './beside.repo.ts'
import { hasMedia } from './kept-rules.ts'
import { atOf } from './line-of-time-rules.ts'
import type { LineOfTime } from './line-of-time-rules.ts'
import type { OwnPlay, Plays } from './plays.service.ts'
import type { Reading } from './reading.service.ts'
import type { Tracks } from './tracks.service.ts'

type Deps = {
  readonly repo: BesideRepo
  readonly timeline: Timeline
  readonly plays: Plays
  readonly reading: Reading
  readonly tracks: Tracks
  readonly audit: Audit
  readonly clock: Clock
}
type View = z.input<typeof PlayTimeline>
type Waveforms = z.input<typeof routes.playWaveforms.reply>
type Asked = { readonly playId: string; readonly requestId: string }
type Written = Asked & { readonly text: string; readonly atMs: number | null }

/** What stands beside the media of an open playback. */
export type Beside = ReturnType<typeof createBeside>

export function createBeside(deps: Deps) {
  const { plays, reading } = deps
  return {
    async waveforms(actor: AccountActor, { playId, requestId }: Asked): Promise<Waveforms> {
      const play = await plays.own(actor, playId)
      await reading.enter(actor, play, { action: 'recording.waveforms', requestId })
      const waveforms = (await soundsOf(play, deps)).map(({ trackId, everyMs, levels }) => ({
        ...{ trackId, everyMs, levels },
      }))
      return { waveforms }
    },
    async timeline(actor: AccountActor, { playId, requestId }: Asked): Promise<View> {
      const play = await plays.own(actor, playId)
      await reading.enter(actor, play, { action: 'recording.timeline', requestId })
      return timelineOf(play, deps)
    },
    async write(tx: Tx, actor: AccountActor, written: Written): Promise<{ noteId: string }> {
      const play = await plays.own(actor, written.playId)
      return writeNote(tx, { ...written, actor, play }, deps)
    },
  }
}

async function soundsOf({ visit, line }: OwnPlay, { tracks }: Deps): Promise<MeasuredSound[]> {
  const all = visit.recordings.filter(hasMedia).map(async (recording) => {
    const parts = await tracks.partsOf(visit, recording)
    const offsetMs = line.offsets.get(recording.recordingId) ?? 0
    return recording.tracks.flatMap(({ trackId, seatId, startMs }) => {
      const waveform = parts.get(trackId)?.waveform ?? null
      return waveform === null
        ? []
        : [{ trackId, seatId, startMs: offsetMs + startMs, ...waveform }]
    })
  })
  return (await Promise.all(all)).flat()
}

async function timelineOf(play: OwnPlay, deps: Deps): Promise<View> {
  const { repo, timeline } = deps
  const { visit, line } = play
  const { visitId } = visit
  const [gaps, flags, notes, seats, course, sounds] = await Promise.all([
    repo.gaps(visitId),
    repo.flags(visitId),
    repo.notes(visitId),
    repo.seats(visitId),
    timeline.of(visitId),
    soundsOf(play, deps),
  ])
  return {
    gaps: gaps.map((gap) => gapView(gap, line)),
    flags: flags.map(({ flagId, category, note, at, fromAt, toAt }) => ({
      ...{ flagId, category, note, atMs: atOf(line, at) },
      fromMs: atOf(line, fromAt ?? at),
      toMs: atOf(line, toAt ?? at),
    })),
    course: course.map((note) => courseView(note, { seats, line })),
    speech: speechBySeat(sounds),
    notes: notes.map(({ noteId, atMs, text, writtenAt, author }) => ({
      ...{ noteId, atMs, text, by: staffName(author), writtenAt: writtenAt.toISOString() },
    })),
  }
}

type GapRow = Awaited<ReturnType<BesideRepo['gaps']>>[number]

function gapView(
  { fromAt, toAt, cause, seatId, kind }: GapRow,
  line: LineOfTime,
): View['gaps'][number] {
  return {
    from: fromAt.toISOString(),
    to: toAt.toISOString(),
    cause: GapCauseShape.parse(cause),
    ...(seatId === null ? {} : { seatId }),
    ...(kind === null ? {} : { kind }),
    fromMs: atOf(line, fromAt),
    toMs: atOf(line, toAt),
  }
}

type Seats = Awaited<ReturnType<BesideRepo['seats']>>

function courseView(
  { at, kind, seatId, detail }: TimelineNote,
  { seats, line }: { seats: Seats; line: LineOfTime },
): View['course'][number] {
  const seat = seats.find((candidate) => candidate.seatId === seatId)
  const person = seat?.visitor ?? seat?.inmate
  const who = person ? fullNameOf(person) : null
  return { at: at.toISOString(), atMs: atOf(line, at), kind, who, detail }
}

/** How a member of staff is named to colleagues. */
export function staffName({ login, officer }: StaffName): string {
  return officer ? fullNameOf(officer) : login
}

async function writeNote(
  tx: Tx,
  { actor, play, requestId, text, atMs }: Written & { actor: AccountActor; play: OwnPlay },
  { repo, audit, clock }: Deps,
): Promise<{ noteId: string }> {
  const { visitId, facilityId } = play.visit
  const noteId = newId()
  const by = { writtenBy: actor.accountId, writtenAt: clock.now() }
  const moment = atMs === null ? null : Math.min(atMs, play.line.durationMs)
  await repo.addNote(tx, { noteId, visitId, text, atMs: moment, ...by })
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(actor),
    action: 'recording.note',
    object: { type: 'note', objectId: noteId, visitId },
    outcome: 'allow',
    requestId,
    detail: { playId: play.playId, ...(moment === null ? {} : { atMs: moment }) },
  })
  return { noteId }
}
