import type { SeatCall } from '@visavis/call'
import { useTranslation } from 'react-i18next'
import { localeOf, useStore } from '../index.ts'
import { LineBars } from './LineBars.tsx'
import { QualityChoices } from './QualityChoices.tsx'
import { megabytes, otherLevelsOf, ownLevelOf } from './line-words.ts'
import type { JoinedState } from './visit-view.ts'

type LineProps = {
  readonly joined: JoinedState
  readonly call: SeatCall
  /** False at a terminal, whose data nobody counts. */
  readonly isOwnDevice: boolean
}

/** How both sides are connected, always in sight; behind it what one can do about it (LV-9). */
export function LinePanel({ joined, call, isOwnDevice }: LineProps) {
  const { t } = useTranslation()
  return (
    <details className="vv-lines">
      <summary>
        <LineBars level={ownLevelOf(joined)} label={t('quality.you')} />
        {otherLevelsOf(joined.snapshot).map(({ seatId, name, level }) => (
          <LineBars key={seatId} level={level} label={t('quality.other', { name })} />
        ))}
      </summary>
      <div className="vv-lines__panel vv-stack vv-stack--near">
        <QualityChoices wishes={call.wishes} hasSaver={isOwnDevice} />
        {isOwnDevice && <DataUsed call={call} />}
      </div>
    </details>
  )
}

function DataUsed({ call }: { call: SeatCall }) {
  const { t, i18n } = useTranslation()
  const bytes = useStore(call.usedBytes)
  return <p>{t('quality.used', { amount: megabytes(bytes, localeOf(i18n.language)) })}</p>
}
