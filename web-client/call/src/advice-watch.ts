import type { FaceReport } from '@visavis/contract/advice'
import type { QualityWishes } from '@visavis/contract/quality'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { NOTHING_ADVISED, adviceAfterLook, findingIn, restAfter } from './advice-rules.ts'
import { watchBattery } from './battery.ts'
import type { Battery } from './battery.ts'
import { openFaceLooker } from './face-look.ts'
import type { FaceLooker } from './face-look.ts'
import { createPictureCopier } from './picture-copier.ts'
import type { PictureCopier } from './picture-copier.ts'
import type { LocalMedia, Store } from './types.ts'

/** Looks at the own camera's picture, and says what an officer and this person may want to know (LV-11). */
export type AdviceWatch = {
  /** Told each new view of the visit: it says whether to look, and for how many people. */
  readonly sees: (snapshot: VisitSnapshot) => void
  /** What there is to say now; null: nothing. */
  readonly finding: () => FaceReport | null
  readonly close: () => void
}

export type AdviceWatchOptions = {
  readonly local: Pick<LocalMedia, 'getState'>
  readonly wishes: Pick<Store<QualityWishes>, 'getState'>
  /** Told each time there is something else to say. */
  readonly onChange: (finding: FaceReport | null) => void
  readonly page?: { readonly visibilityState: DocumentVisibilityState }
  readonly openLooker?: () => FaceLooker
  readonly copier?: PictureCopier
  readonly battery?: Battery
}

/** A mark of `performance` that says how many looks there were; for whoever wonders whether there are any. */
export const LOOK_MARK = 'visavis:faceLook'

/** How soon it is asked again whether there is something to look at, in ms. */
const IDLE_MS = 3_000

/** Looks only while somebody is in a visit of a facility that wants it; else nothing is even loaded. */
export function watchFaces(options: AdviceWatchOptions): AdviceWatch {
  const { local, onChange, page = document, openLooker = openFaceLooker } = options
  const { copier = createPictureCopier(), battery = watchBattery() } = options
  let looker: FaceLooker | null = null
  let people: number | null = null
  let state = NOTHING_ADVISED
  const costsMs: number[] = []

  const take = (next: typeof state): void => {
    const isNews = next.told !== state.told
    state = next
    if (isNews) onChange(state.told)
  }
  const isFrugal = (): boolean => options.wishes.getState().isDataSaver && battery.isLow()
  const mayLook = (): boolean =>
    people !== null && page.visibilityState === 'visible' && !isFrugal()
  /** Looks once, if there is something to look at; answers how long to rest. */
  const look = async (): Promise<number> => {
    const picture = copier.copy(mayLook() ? cameraOf(local) : null)
    if (!picture) {
      take(NOTHING_ADVISED)
      return IDLE_MS
    }
    looker ??= openLooker()
    const { faces, costMs } = await looker.look(picture)
    markLook(costsMs.push(costMs))
    // It may be over, or the page out of sight, since the look began.
    if (people !== null && mayLook()) {
      const seen = findingIn(faces, people)
      take(adviceAfterLook(state, { atMs: performance.now(), seen }))
    }
    return restAfter(costsMs)
  }
  const turns = createTurns(look, {
    isWanted: () => people !== null,
    // No worker or no model: no advice, and no harm.
    onFailed: () => take(NOTHING_ADVISED),
  })
  return {
    finding: () => state.told,
    sees(snapshot) {
      people = peopleToSee(snapshot)
      if (people === null) take(NOTHING_ADVISED)
      else turns.begin()
    },
    close() {
      turns.end()
      looker?.close()
      copier.close()
    },
  }
}

function markLook(looks: number): void {
  performance.clearMarks(LOOK_MARK)
  performance.mark(LOOK_MARK, { detail: { looks } })
}

type Turns = { readonly begin: () => void; readonly end: () => void }

/** Takes turns while they are wanted, each as long after the last as that one said; the first that fails is the last. */
function createTurns(
  turn: () => Promise<number>,
  { isWanted, onFailed }: { readonly isWanted: () => boolean; readonly onFailed: () => void },
): Turns {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isBusy = false
  let isOver = false
  const go = (): void => {
    timer = null
    isBusy = true
    turn().then(
      (restMs) => {
        isBusy = false
        if (isWanted() && !isOver) timer = setTimeout(go, restMs)
      },
      () => {
        if (!isOver) onFailed()
        isOver = true
      },
    )
  }
  return {
    begin() {
      if (!isBusy && timer === null && !isOver) go()
    },
    end() {
      isOver = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** How many people were let in at this seat's camera; null: nobody is to look. Pure. */
export function peopleToSee({ you, others, state }: VisitSnapshot): number | null {
  if (!you.detectors.face || you.state !== 'IN' || state === 'ENDED') return null
  const isHere = ({ cameraSeatId, state: at }: VisitSnapshot['others'][number]): boolean =>
    cameraSeatId === you.seatId && (at === 'IN' || at === 'ADMITTED')
  return 1 + others.filter(isHere).length
}

/** The camera's track while it is on. */
function cameraOf(local: Pick<LocalMedia, 'getState'>): MediaStreamTrack | null {
  const media = local.getState()
  if (media.phase !== 'ready' || media.isVideoMuted) return null
  const track = media.stream.getVideoTracks()[0]
  return track?.readyState === 'live' && !track.muted ? track : null
}
