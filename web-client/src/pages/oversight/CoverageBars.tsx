import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'

type Coverage = Reply<'shift'>['coverage']

const MINUTE_MS = 60_000

/** How much was watched, as a share and in minutes. */
export function CoverageBars({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation()
  return (
    <div className="vv-stack vv-stack--near">
      <Bar
        label={t('oversight.shift.must')}
        part={coverage.mustWatchedMs}
        whole={coverage.mustMs}
        isGrave
      />
      <Bar label={t('oversight.shift.all')} part={coverage.allWatchedMs} whole={coverage.allMs} />
    </div>
  )
}

type BarProps = {
  readonly label: string
  readonly part: number
  readonly whole: number
  /** Less than all of it is a matter to look at. */
  readonly isGrave?: boolean
}

function Bar({ label, part, whole, isGrave = false }: BarProps) {
  const { t, i18n } = useTranslation()
  const share = whole === 0 ? 0 : part / whole
  const percent = new Intl.NumberFormat(i18n.language, {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share)
  const words = t('oversight.shift.minutes', {
    watched: Math.round(part / MINUTE_MS),
    all: Math.round(whole / MINUTE_MS),
  })
  return (
    <div className="vv-share">
      <p>
        {label}:{' '}
        {whole === 0 ? (
          <span className="vv-soft">{t('oversight.shift.nothing')}</span>
        ) : (
          <>
            <strong className="vv-numbers">{percent}</strong>{' '}
            <span className="vv-soft vv-numbers">{words}</span>
          </>
        )}
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="vv-share__whole" width="100" height="4" />
        <rect
          className={
            isGrave && share < 1 ? 'vv-share__part vv-share__part--warn' : 'vv-share__part'
          }
          width={share * 100}
          height="4"
        />
      </svg>
    </div>
  )
}
