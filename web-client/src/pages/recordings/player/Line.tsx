import { useStore } from '@visavis/ui'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Lanes } from './Lanes.tsx'
import { Preview } from './Preview.tsx'
import { snapped } from './line-rules.ts'
import type { LineEvent, SeatTracks, Timeline } from './line-rules.ts'
import { placeWords } from './line-words.ts'
import { stretchOf } from './player-keys.ts'
import type { Marks } from './player-keys.ts'
import type { ToldPlayback } from './told-playback.ts'
import { shareOf } from './waveform.ts'
import type { Waveform } from './waveform.ts'

type LineProps = {
  readonly told: ToldPlayback
  readonly playId: string
  readonly seats: readonly SeatTracks[]
  readonly waveforms: readonly Waveform[]
  readonly timeline: Timeline
  readonly events: readonly LineEvent[]
  readonly marks: Marks
}

/** One line of time for everything: a slider over lanes, with small pictures of where it would lead. */
export function Line({ told, playId, seats, waveforms, timeline, events, marks }: LineProps) {
  const { lengthMs } = told.getState()
  const [lookMs, setLookMs] = useState<number | null>(null)
  return (
    <div className="vv-line" dir="ltr">
      {lookMs !== null && (
        <Preview playId={playId} seats={seats} atMs={lookMs} lengthMs={lengthMs} />
      )}
      <Lanes seats={seats} waveforms={waveforms} timeline={timeline} lengthMs={lengthMs} />
      <MarkedStretch marks={marks} lengthMs={lengthMs} />
      <LineSlider told={told} events={events} onLook={setLookMs} />
    </div>
  )
}

/** A press this close to a mark means the mark; in pixels. */
const SNAP_PX = 6
/** The finest place the slider knows; in ms. */
const GRAIN_MS = 100

type SliderProps = {
  readonly told: ToldPlayback
  readonly events: readonly LineEvent[]
  /** Where somebody looks, to show what is there; null: nowhere. */
  readonly onLook: (atMs: number | null) => void
}

/**
 * The slider is the browser's own, drawn as a thin playhead over all lanes. While it is dragged nothing
 * moves but its handle; let go, it seeks once.
 */
function LineSlider({ told, events, onLook }: SliderProps) {
  const { t } = useTranslation()
  const { positionMs, aimMs, lengthMs } = useStore(told)
  const { slider, dragMs, drag, press } = useDrag(told, events)
  const shownMs = dragMs ?? aimMs ?? positionMs
  const lookByPointer = (event: PointerEvent<HTMLInputElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    onLook(told.getState().lengthMs * ((event.clientX - box.left) / Math.max(1, box.width)))
  }
  return (
    <input
      ref={slider}
      type="range"
      data-line
      className="vv-line__slider"
      aria-label={t('player.position')}
      aria-valuetext={placeWords(t, shownMs)}
      min={0}
      max={lengthMs}
      step={GRAIN_MS}
      value={shownMs}
      onChange={({ target }) => {
        drag(Number(target.value))
        onLook(Number(target.value))
      }}
      onPointerDown={press}
      onPointerMove={lookByPointer}
      onPointerLeave={() => onLook(null)}
      onFocus={({ target }) => onLook(target.matches(':focus-visible') ? shownMs : null)}
      onBlur={() => onLook(null)}
      onKeyUp={({ key }) => onLook(key === 'Escape' ? null : shownMs)}
    />
  )
}

/** Follows the handle until it is let go; only the browser's own `change` tells that. */
function useDrag(told: ToldPlayback, events: readonly LineEvent[]) {
  const slider = useRef<HTMLInputElement>(null)
  const isPointer = useRef(false)
  const [dragMs, setDragMs] = useState<number | null>(null)
  const commit = useEffectEvent((input: HTMLInputElement) => {
    const placeMs = Number(input.value)
    const withinMs = (SNAP_PX / Math.max(1, input.clientWidth)) * told.getState().lengthMs
    const marksMs = isPointer.current ? events.map(({ atMs }) => atMs) : []
    isPointer.current = false
    setDragMs(null)
    void told.seek(snapped(placeMs, marksMs, withinMs))
  })
  useEffect(() => {
    const input = slider.current
    if (!input) return undefined
    const listener = () => commit(input)
    input.addEventListener('change', listener)
    return () => input.removeEventListener('change', listener)
  }, [])
  const press = () => {
    isPointer.current = true
  }
  return { slider, dragMs, drag: setDragMs, press }
}

function MarkedStretch({ marks, lengthMs }: { marks: Marks; lengthMs: number }) {
  const stretch = stretchOf(marks, lengthMs)
  if (stretch === null) return null
  const { from, size } = shareOf(stretch, lengthMs)
  return (
    <div className="vv-line__over">
      <div
        className="vv-line__marked"
        style={{ left: `${from * 100}%`, width: `${size * 100}%` }}
      />
    </div>
  )
}
