import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wallTimeOf } from '../parts/office-time.ts'
import type { Slot, Week } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { standingOf } from './week-rules.ts'

type SlotBlockProps = {
  readonly slot: Slot
  readonly week: Week
  readonly timeZone: string
}

/** A slot: when, for whom, how full by number and bar; it leads to the template it comes from. */
export function SlotBlock({ slot, week, timeZone }: SlotBlockProps) {
  const { t } = useTranslation()
  const { range } = useOffice()
  const standing = standingOf(slot)
  const template = week.templates.find(({ templateId }) => templateId === slot.templateId)
  const { used, capacity, visitClass, startsAt, endsAt } = slot
  const { date } = wallTimeOf(startsAt, timeZone)
  return (
    <div className={`vv-slot vv-slot--${standing.toLowerCase()}`}>
      <Link
        className="vv-slot__name"
        to={`/office/timetable/templates/${slot.templateId}?week=${week.weekOf}`}
      >
        {template?.name ?? t(`visitClass.${visitClass}`)}
      </Link>
      <span className="vv-small vv-numbers">
        {range(startsAt, endsAt)} · {t(`visitClass.${visitClass}`)}
      </span>
      {(standing === 'CLOSED' || standing === 'BLACKED_OUT') && (
        <strong className="vv-small">{t(`officeTimetable.standing.${standing}`)}</strong>
      )}
      <span className="vv-slot__bar" aria-hidden="true">
        <span style={{ inlineSize: `${share(used, capacity)}%` }} />
      </span>
      <Link className="vv-small vv-numbers" to={`/office/day?date=${date}`}>
        {t('officeTimetable.used', { used, capacity })}
      </Link>
    </div>
  )
}

const WHOLE = 100

function share(used: number, capacity: number): number {
  return capacity === 0 ? WHOLE : Math.min(WHOLE, Math.round((used / capacity) * WHOLE))
}
