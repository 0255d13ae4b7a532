import { createBrightnessProbe } from './brightness.ts'
import type { BrightnessProbe } from './brightness.ts'
import { SOURCES_UNSEEN, lookAtSources, reportOf } from './source-rules.ts'
import type { DeviceReading, SourceReport } from './source-rules.ts'
import type { StatsSample, StatsSampler } from './stats-sampler.ts'
import type { LocalMedia, LocalMediaState } from './types.ts'

type Kind = 'audio' | 'video'

/** Where the page tells whether it is looked at. */
type PageSight = EventTarget & { readonly visibilityState: DocumentVisibilityState }

/** Watches this person's own devices and page. */
export type SourceWatch = {
  readonly report: () => SourceReport
  readonly close: () => void
}

export type SourceWatchOptions = {
  readonly local: LocalMedia
  readonly sampler: Pick<StatsSampler, 'onSample' | 'latest'>
  /** Told each time the report says something else than before. */
  readonly onChange: (report: SourceReport) => void
  readonly page?: PageSight
  readonly probe?: BrightnessProbe
}

/** Looks each second, and at once when a device or the page changes. A device that was withheld is taken back. */
export function watchSources(options: SourceWatchOptions): SourceWatch {
  const { local, sampler, onChange, page = document, probe = createBrightnessProbe() } = options
  let state = SOURCES_UNSEEN
  let told = reportOf(state, false)
  let stopHearing: () => void = () => undefined

  const look = (sample: StatsSample | null): void => {
    const media = local.getState()
    const camera = readingOf(media, 'video')
    state = lookAtSources(state, {
      atMs: performance.now(),
      camera,
      microphone: readingOf(media, 'audio'),
      brightness: camera === 'on' ? probe.look(trackOf(media, 'video')) : null,
      // Between two samples nothing is known of the sound, and no time passes.
      soundEnergy: sample ? energyOf(sample) : null,
    })
    const report = reportOf(state, page.visibilityState === 'hidden')
    if (isSame(report, told)) return
    told = report
    onChange(report)
  }
  const lookNow = (): void => look(sampler.latest())
  const hearTracks = (): void => {
    stopHearing()
    stopHearing = hear(local.getState(), lookNow)
    lookNow()
  }
  const onVisibility = (): void => {
    // iOS gives back neither camera nor microphone after a lock or a call, unless they are asked for again.
    if (page.visibilityState === 'visible') void local.takeBack()
    lookNow()
  }
  const stops = [sampler.onSample(look), local.subscribe(hearTracks)]
  page.addEventListener('visibilitychange', onVisibility)
  hearTracks()
  return {
    report: () => told,
    close() {
      for (const stop of stops) stop()
      stopHearing()
      page.removeEventListener('visibilitychange', onVisibility)
      probe.close()
    },
  }
}

function hear(media: LocalMediaState, listener: () => void): () => void {
  if (media.phase !== 'ready') return () => undefined
  const events = ['mute', 'unmute', 'ended'] as const
  const tracks = media.stream.getTracks()
  for (const track of tracks) for (const event of events) track.addEventListener(event, listener)
  return () => {
    for (const track of tracks) {
      for (const event of events) track.removeEventListener(event, listener)
    }
  }
}

function trackOf(media: LocalMediaState, kind: Kind): MediaStreamTrack | null {
  if (media.phase !== 'ready') return null
  return media.stream.getTracks().find((track) => track.kind === kind) ?? null
}

function readingOf(media: LocalMediaState, kind: Kind): DeviceReading {
  // Still asked for: that is no trouble yet.
  if (media.phase === 'asking') return 'on'
  const track = trackOf(media, kind)
  if (media.phase !== 'ready' || !track) return 'none'
  if (track.readyState === 'ended') return 'ended'
  if (kind === 'audio' ? media.isAudioMuted : media.isVideoMuted) return 'off'
  return track.muted ? 'withheld' : 'on'
}

function energyOf({ send }: StatsSample): number | null {
  return send.tracks.find(({ kind }) => kind === 'audio')?.soundEnergy ?? null
}

function isSame(one: SourceReport, other: SourceReport): boolean {
  return (
    one.isAway === other.isAway &&
    one.camera === other.camera &&
    one.microphone === other.microphone
  )
}
