import type { SessionState } from '@visavis/contract/session-lifecycle'
import { useTranslation } from 'react-i18next'
import { Notice } from '../index.ts'
import { useOtherNames } from './use-other-names.ts'
import type { JoinedState } from './visit-view.ts'

/** Words over the picture while something is wrong; the most own trouble first. */
export function CallBanner({ joined }: { joined: JoinedState }) {
  const { t } = useTranslation()
  const others = useOtherNames(joined.snapshot)
  const words = bannerOf(joined)
  const away = joined.snapshot.others.filter(({ isAway }) => isAway)
  const name =
    words === 'otherAway' ? away.map(({ displayName }) => displayName).join(', ') : others
  return (
    <div role="status">
      {words !== null && (
        <Notice tone="warn" {...(words.startsWith('paused') ? { icon: 'pause' as const } : {})}>
          <p>{t(`call.${words}`, { name })}</p>
        </Notice>
      )}
      {words === null && joined.ownHeld !== null && (
        <Notice tone="warn">
          <p>{t(OWN_HELD_WORDS[joined.ownHeld])}</p>
        </Notice>
      )}
    </div>
  )
}

const OWN_HELD_WORDS = {
  PICTURE: 'quality.ownHeldPicture',
  SOUND: 'quality.ownHeldSound',
} as const

type BannerWords =
  | 'reconnecting'
  | 'otherReconnecting'
  | 'paused'
  | 'pausedForAdult'
  | 'pausedForCheck'
  | 'adultMissing'
  | 'pausedForStaff'
  | 'otherAway'

/** States of a visit in which nothing flows, with their words. */
const STATE_WORDS: Readonly<Partial<Record<SessionState, BannerWords>>> = {
  PAUSED: 'paused',
  RECONNECTING: 'otherReconnecting',
}

/** Which words a call's state asks for, or null while all is well; pure. */
export function bannerOf({ snapshot, link, media }: JoinedState): BannerWords | null {
  if (link === 'reconnecting' || media === 'reconnecting') return 'reconnecting'
  if (snapshot.pausedFor === 'ADULT_MISSING') return 'pausedForAdult'
  if (snapshot.pausedFor === 'ADMISSION') return 'pausedForCheck'
  if (snapshot.pausedFor === 'STAFF') return 'pausedForStaff'
  const ofState = STATE_WORDS[snapshot.state]
  if (ofState !== undefined) return ofState
  if (snapshot.adultMissing !== null) return 'adultMissing'
  return snapshot.others.some(({ isAway, state }) => isAway && state === 'IN') ? 'otherAway' : null
}
