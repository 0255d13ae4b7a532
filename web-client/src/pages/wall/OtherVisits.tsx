import type { WallVisit } from '@visavis/contract/visit'
import { clockTime } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { WallGroups } from './wall-order.ts'
import { namesOf } from './wall-people.ts'
import type { WallFacility } from './wall-types.ts'

/** The rest of the day in two plain lists. */
export function OtherVisits({ groups, facility }: { groups: WallGroups; facility: WallFacility }) {
  const { t } = useTranslation()
  return (
    <div className="vv-wall__others">
      <VisitList title={t('wall.later')} visits={groups.later} facility={facility} />
      <VisitList title={t('wall.finished')} visits={groups.finished} facility={facility} />
    </div>
  )
}

type ListProps = {
  readonly title: string
  readonly visits: readonly WallVisit[]
  readonly facility: WallFacility
}

function VisitList({ title, visits, facility }: ListProps) {
  const { t, i18n } = useTranslation()
  if (visits.length === 0) return null
  const options = { language: i18n.language, timeZone: facility.timeZone }
  return (
    <section className="vv-stack vv-stack--close">
      <h2>{title}</h2>
      <ul className="vv-wall__lines">
        {visits.map((visit) => (
          <li key={visit.visitId}>
            <span className="vv-numbers">{clockTime(visit.startsAt, options)}</span>
            <span>
              {namesOf(visit, 'VISITOR')} ↔ {namesOf(visit, 'INMATE')}
            </span>
            <span className="vv-soft">
              {visit.outcome === null ? visit.terminal.name : t(`outcomeShort.${visit.outcome}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
