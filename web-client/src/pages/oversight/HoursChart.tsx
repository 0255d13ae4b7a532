import { useTranslation } from 'react-i18next'
import { CHART, GROUPS, barsOf, busyHours } from './chart-rules.ts'
import type { Hour } from './chart-rules.ts'

type ChartProps = {
  readonly hours: readonly Hour[]
  readonly clock: (instant: string) => string
}

/** Room for the hours' names below the bars. */
const FOOT = 14

/** Visits by the hour they start in: a picture for whoever would rather look, and the same as a table. */
export function HoursChart({ hours, clock }: ChartProps) {
  const { t } = useTranslation()
  const busy = busyHours(hours)
  if (busy.length === 0) return <p className="vv-soft">{t('oversight.shift.noVisits')}</p>
  const width = busy.length * CHART.hourWidth
  return (
    <figure className="vv-chart">
      <svg
        viewBox={`0 0 ${width} ${CHART.height + FOOT}`}
        preserveAspectRatio="xMinYMax meet"
        aria-hidden="true"
      >
        {barsOf(busy).map(({ at, group, count, ...box }) => (
          <g key={`${at} ${group}`}>
            <rect {...box} className={`vv-chart__piece vv-chart__piece--${group}`} />
            <text className="vv-chart__count" x={box.x + box.width / 2} y={box.y + box.height / 2}>
              {count}
            </text>
          </g>
        ))}
        {busy.map(({ at }, index) => (
          <text
            key={at}
            className="vv-chart__hour"
            x={(index + 0.5) * CHART.hourWidth}
            y={CHART.height + FOOT - 3}
          >
            {clock(at)}
          </text>
        ))}
      </svg>
      <figcaption>
        <Legend />
        <details>
          <summary>{t('oversight.shift.table')}</summary>
          <HoursTable hours={busy} clock={clock} />
        </details>
      </figcaption>
    </figure>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <ul className="vv-chart__legend" aria-hidden="true">
      {GROUPS.map((group) => (
        <li key={group}>
          <span className={`vv-chart__key vv-chart__piece--${group}`} />
          {t(`oversight.shift.group.${group}`)}
        </li>
      ))}
    </ul>
  )
}

function HoursTable({ hours, clock }: ChartProps) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <thead>
        <tr>
          <th scope="col">{t('oversight.shift.hour')}</th>
          {GROUPS.map((group) => (
            <th key={group} scope="col">
              {t(`oversight.shift.group.${group}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour.at}>
            <th scope="row" className="vv-numbers">
              {clock(hour.at)}
            </th>
            {GROUPS.map((group) => (
              <td
                key={group}
                className="vv-numbers"
                data-label={t(`oversight.shift.group.${group}`)}
              >
                {hour[group]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
