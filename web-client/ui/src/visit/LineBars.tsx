import type { LinkLevel } from '@visavis/contract/quality-score'
import { useTranslation } from 'react-i18next'
import { BARS } from './line-words.ts'

const BAR_COUNT = 3
const BAR_WIDTH = 5
const BAR_STEP = 8
const HEIGHT = 20

/** Three bars and a word for one person's connection; null while it is being measured. */
export function LineBars({ level, label }: { level: LinkLevel | null; label: string }) {
  const { t } = useTranslation()
  const filled = level === null ? 0 : BARS[level]
  return (
    <span className="vv-bars" data-level={level ?? 'UNKNOWN'}>
      <svg viewBox={`0 0 ${BAR_COUNT * BAR_STEP} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {Array.from({ length: BAR_COUNT }, (_, index) => {
          const height = ((index + 1) * HEIGHT) / BAR_COUNT
          return (
            <rect
              key={height}
              className={index < filled ? 'vv-bars__full' : 'vv-bars__empty'}
              x={index * BAR_STEP}
              y={HEIGHT - height}
              width={BAR_WIDTH}
              height={height}
            />
          )
        })}
      </svg>
      <span>
        {label}: {t(level === null ? 'quality.unknown' : `quality.level.${level}`)}
      </span>
    </span>
  )
}
