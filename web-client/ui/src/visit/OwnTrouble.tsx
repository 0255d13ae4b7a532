import type { LocalMedia, SeatCallState } from '@visavis/call'
import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../index.ts'
import { OwnAdvice } from './OwnAdvice.tsx'
import { ownAdviceOf, ownTroubleOf } from './own-trouble.ts'

type Own = Extract<SeatCallState, { phase: 'joined' }>['own']

/** What the other side cannot see or hear of oneself, in words, while the visit goes on (LV-10). */
export function OwnTrouble({ own, media }: { own: Own; media: LocalMedia }) {
  const { t } = useTranslation()
  const trouble = ownTroubleOf(own)
  const advice = ownAdviceOf(own)
  return (
    <div role="status">
      {trouble !== null && (
        <Notice tone="warn">
          <p>{t(`call.own.${trouble.device}.${trouble.state}`)}</p>
          {trouble.state === 'ENDED' && (
            <Button onClick={() => void media.start()}>{t('common.tryAgain')}</Button>
          )}
        </Notice>
      )}
      {advice !== null && <OwnAdvice key={advice} finding={advice} />}
    </div>
  )
}
