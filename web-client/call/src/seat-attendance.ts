import type { VisitSnapshot } from '@visavis/contract/visit'
import type { SeatReport } from '@visavis/contract/visit-socket'
import { watchFaces } from './advice-watch.ts'
import type { MediaKeeper } from './media-keeper.ts'
import { isPictureExpected, watchPictures } from './picture-watch.ts'
import { keepQuality } from './quality-keeper.ts'
import type { QualityWishStore } from './quality-wishes.ts'
import type { VisitSignalling } from './seat-media.ts'
import type { SeatHappening } from './seat-state.ts'
import { watchSources } from './source-watch.ts'
import { createStatsSampler } from './stats-sampler.ts'
import type { StatsSample } from './stats-sampler.ts'
import type { LocalMedia } from './types.ts'
import { keepAwake } from './wake-lock.ts'

export type AttendanceOptions = {
  readonly signalling: VisitSignalling
  readonly keeper: MediaKeeper
  readonly local: LocalMedia
  readonly wishes: QualityWishStore
  readonly tell: (happening: SeatHappening) => void
  readonly onSample: (sample: StatsSample) => void
  readonly rebuild: () => void
}

/** Looks after a call while it lasts: figures, pictures that stand still, own devices and picture, the screen. */
export type Attendance = {
  /** Something happened; each time the seat is taken, the server is told what it may not know. */
  readonly heard: (happening: SeatHappening) => void
  readonly close: () => void
}

export function attend(options: AttendanceOptions): Attendance {
  const { signalling, keeper, local, wishes, tell, rebuild } = options
  let snapshot: VisitSnapshot | null = null
  let isSeated = false

  const told = (): SeatReport => ({ ...sources.report(), face: faces.finding() })
  const tellOwn = (): void => {
    // Before the seat is taken nobody is to be told; the entry tells what is the case by then.
    if (!isSeated) return
    tell({ what: 'ownMoved', own: told() })
    // What a broken line swallows is told again at the next entry.
    signalling.request('seat:report', leaving(told(), snapshot)).catch(() => undefined)
  }
  const sampler = createStatsSampler({ target: keeper.statsTarget })
  const sources = watchSources({ local, sampler, onChange: tellOwn })
  const faces = watchFaces({ local, wishes, onChange: tellOwn })
  const quality = keepQuality({
    ...{ sampler, signalling, wishes, limit: keeper.limit },
    onHeld: (held) => tell({ what: 'ownHeld', held }),
  })
  const stops = [
    quality.close,
    sampler.onSample(options.onSample),
    watchPictures({
      ...{ sampler, signalling, rebuild },
      isExpected: (seatId) => isPictureExpected(snapshot, seatId),
    }),
    keepAwake(),
  ]
  return {
    heard(happening) {
      snapshot = viewAfter(snapshot, happening)
      if (snapshot) quality.sees(snapshot)
      if (snapshot) faces.sees(snapshot)
      if (happening.what !== 'entered') return
      isSeated = true
      quality.seated()
      tellOwn()
    },
    close() {
      for (const stop of stops) stop()
      sources.close()
      faces.close()
      sampler.close()
    },
  }
}

/** What leaves this device: where nobody may watch, not so much as what was found in the picture (OV-1). */
function leaving(report: SeatReport, snapshot: VisitSnapshot | null): SeatReport {
  return snapshot?.notice.monitor === 'NONE' ? { ...report, face: null } : report
}

/** The newest view of the visit, as far as it was told. */
function viewAfter(view: VisitSnapshot | null, happening: SeatHappening): VisitSnapshot | null {
  if (happening.what === 'entered' || happening.what === 'changed') return happening.snapshot
  const isNews = happening.what === 'linesMoved' && view?.visitId === happening.visitId
  return isNews ? { ...view, lines: happening.lines } : view
}
