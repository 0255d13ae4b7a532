import { Button, Notice, Panel } from '@visavis/ui'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Copy } from '../copies/copy-rules.ts'
import { CopyPicture } from './CopyPicture.tsx'
import { EventList } from './EventList.tsx'
import { Line } from './Line.tsx'
import { NoteDialog } from './NoteDialog.tsx'
import { PlayerKeys } from './PlayerKeys.tsx'
import { SeatPicture } from './SeatPicture.tsx'
import { Transport } from './Transport.tsx'
import type { Mark } from './Watermark.tsx'
import { eventsOf, wholeGapAt } from './line-rules.ts'
import type { Gap, LineEvent, Play, SeatTracks, Stretch } from './line-rules.ts'
import { gapWords } from './line-words.ts'
import { deedsOf } from './player-deeds.ts'
import type { Marks } from './player-keys.ts'
import type { PlaybackTrack } from './synced-playback.ts'
import type { Tell, ToldPlayback } from './told-playback.ts'
import { usePlayback } from './use-playback.ts'
import type { Playing } from './use-playback.ts'
import type { PlayParts } from './use-play-parts.ts'
import { usePlayerKeys } from './use-player-keys.ts'

type BodyProps = {
  readonly play: Play
  readonly source: { readonly copy: Copy | null; readonly startMs: number }
  readonly seats: readonly SeatTracks[]
  readonly parts: PlayParts
  readonly tell: Tell
  readonly mark: Mark
  readonly marks: Marks
  readonly onMarks: (marks: Marks) => void
}

/** Pictures, controls, the line and what stands on it; for the originals or for one copy. */
export function PlayerBody(props: BodyProps) {
  const { play, seats, parts, marks, onMarks } = props
  const { t } = useTranslation()
  const events = useMemo(() => eventsOf(parts.timeline), [parts.timeline])
  const playing = usePlayback(playedOf(props))
  const { told } = playing
  const speech = useMemo(
    () => parts.timeline.speech.flatMap(({ spans }) => spans),
    [parts.timeline],
  )
  const tools = useTools(told, { events, speech, marks, onMarks })
  const [hasFailed, setHasFailed] = useState(false)
  const clock = { zeroAt: play.zeroAt, timeZone: play.visit.facility.timeZone }
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        {hasFailed && <Notice tone="bad" live="alert" title={t('player.trackFailed')} />}
        <Pictures {...props} playing={playing} onFailed={() => setHasFailed(true)} />
        <GapWord told={told} gaps={parts.timeline.gaps} />
        <Transport told={told} act={tools.act} marks={marks} clock={clock} />
        <Line
          {...{ told, seats, events, marks }}
          playId={play.playId}
          waveforms={parts.waveforms}
          timeline={parts.timeline}
        />
        <div>
          <Button look="secondary" isSmall onClick={tools.act.note}>
            {t('player.deed.note')}
          </Button>
        </div>
        <EventList
          events={events}
          seats={seats}
          notes={parts.timeline.notes.filter(({ atMs }) => atMs === null)}
          onGoTo={(atMs) => void told.seek(atMs)}
        />
      </div>
      <Dialogs tools={tools} playId={play.playId} onWritten={parts.reload} />
    </Panel>
  )
}

function playedOf({ play, source, tell }: BodyProps) {
  const { copy, startMs } = source
  const tracks = copy ? [trackOf(copy)] : play.tracks
  return { tracks, lengthMs: play.durationMs, startMs, tell }
}

/** Heard as well as seen, and so not pulled about more than a voice may be. */
function trackOf({ derivativeId, fromMs, toMs }: Copy): PlaybackTrack {
  return { trackId: derivativeId, kind: 'audio', startMs: fromMs, durationMs: toMs - fromMs }
}

type ToolsOf = Pick<BodyProps, 'marks' | 'onMarks'> & {
  readonly events: readonly LineEvent[]
  readonly speech: readonly Stretch[]
}

/** Keys and buttons, and the dialogs that they open. */
function useTools(told: ToldPlayback, { events, speech, marks, onMarks }: ToolsOf) {
  const [noteMs, setNoteMs] = useState<number | null>(null)
  const [isHelping, setIsHelping] = useState(false)
  const [hasKeys, setHasKeys] = useState(true)
  const act = deedsOf({
    told,
    events,
    speech,
    marks,
    onMarks,
    onNote: () => {
      told.pause()
      setNoteMs(told.getState().positionMs)
    },
    onHelp: () => setIsHelping(true),
  })
  usePlayerKeys((deed) => act[deed](), hasKeys)
  return { act, noteMs, setNoteMs, isHelping, setIsHelping, hasKeys, setHasKeys }
}

type DialogsProps = {
  readonly tools: ReturnType<typeof useTools>
  readonly playId: string
  readonly onWritten: () => void
}

function Dialogs({ tools, playId, onWritten }: DialogsProps) {
  const { noteMs, setNoteMs, isHelping, setIsHelping, hasKeys, setHasKeys } = tools
  return (
    <>
      {isHelping && (
        <PlayerKeys hasKeys={hasKeys} onChange={setHasKeys} onClose={() => setIsHelping(false)} />
      )}
      {noteMs !== null && (
        <NoteDialog
          playId={playId}
          atMs={noteMs}
          onClose={() => setNoteMs(null)}
          onWritten={onWritten}
        />
      )}
    </>
  )
}

type PicturesProps = BodyProps & { readonly playing: Playing; readonly onFailed: () => void }

function Pictures({ play, source, seats, parts, mark, playing, onFailed }: PicturesProps) {
  const [volumes, setVolumes] = useState<Readonly<Record<string, number>>>({})
  const { playId } = play
  const { copy } = source
  return (
    <div className="vv-player__pictures">
      {copy ? (
        <CopyPicture
          copy={copy}
          playing={playing}
          playId={playId}
          mark={mark}
          onFailed={onFailed}
        />
      ) : (
        seats.map((seat, index) => (
          <SeatPicture
            key={seat.seatId}
            {...{ seat, playing, playId, mark, onFailed }}
            gaps={parts.timeline.gaps}
            offset={index}
            volume={volumes[seat.seatId] ?? 1}
            onVolume={(volume) => setVolumes((all) => ({ ...all, [seat.seatId]: volume }))}
          />
        ))
      )}
    </div>
  )
}

/** Nothing of anybody is there: why, and a way over it. */
function GapWord({ told, gaps }: { told: ToldPlayback; gaps: readonly Gap[] }) {
  const { t } = useTranslation()
  const gap = useSyncExternalStore(
    (listener) => told.subscribe(listener),
    () => wholeGapAt(gaps, told.getState().positionMs),
  )
  return (
    <div role="status">
      {gap !== null && (
        <Notice tone="warn" title={t('player.gapHere')}>
          <p>{gapWords(t, gap, [])}</p>
          <Button look="secondary" isSmall onClick={() => void told.seek(gap.toMs)}>
            {t('player.overGap')}
          </Button>
        </Notice>
      )}
    </div>
  )
}
