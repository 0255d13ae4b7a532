import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDateWords } from '../../../forms/use-date-words.ts'
import type { Template } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { useWeekdayWords } from './use-weekday-words.ts'
import { byWeek } from './week-rules.ts'

type TemplateListProps = { readonly templates: readonly Template[]; readonly weekOf: string }

/** The rules that make the slots, in the order of the week. */
export function TemplateList({ templates, weekOf }: TemplateListProps) {
  const { t } = useTranslation()
  if (templates.length === 0) return null
  return (
    <details className="vv-office__more">
      <summary>{t('officeTimetable.templates', { count: templates.length })}</summary>
      <table className="vv-table vv-table--dense vv-table--cards">
        <thead>
          <tr>
            <th scope="col">{t('officeTimetable.name')}</th>
            <th scope="col">{t('officeTimetable.when')}</th>
            <th scope="col">{t('officeDay.class')}</th>
            <th scope="col">{t('officeTimetable.capacity')}</th>
            <th scope="col">{t('officeTimetable.valid')}</th>
          </tr>
        </thead>
        <tbody>
          {byWeek(templates).map((template) => (
            <TemplateRow key={template.templateId} template={template} weekOf={weekOf} />
          ))}
        </tbody>
      </table>
    </details>
  )
}

function TemplateRow({ template, weekOf }: { template: Template; weekOf: string }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const { timeOfDay } = useOffice()
  const weekdayWords = useWeekdayWords()
  const { templateId, name, weekday, startMinute, lengthMinutes, everyWeeks } = template
  const { visitClass, bookingMode, capacity, wings, validFrom, validTo } = template
  return (
    <tr>
      <th scope="row">
        <Link to={`/office/timetable/templates/${templateId}?week=${weekOf}`}>{name}</Link>
      </th>
      <td data-label={t('officeTimetable.when')}>
        {weekdayWords(weekday)}, {timeOfDay(startMinute)},{' '}
        {t('officeTimetable.minutes', { count: lengthMinutes })}
        {everyWeeks > 1 && `, ${t('officeTimetable.everyWeeks', { count: everyWeeks })}`}
      </td>
      <td data-label={t('officeDay.class')}>
        {t(`visitClass.${visitClass}`)} · {t(`bookingMode.${bookingMode}`)}
        {wings.length > 0 && ` · ${wings.join(', ')}`}
      </td>
      <td data-label={t('officeTimetable.capacity')} className="vv-numbers">
        {capacity}
      </td>
      <td data-label={t('officeTimetable.valid')}>
        {validTo === null
          ? t('officeTimetable.validFrom', { from: dateWords(validFrom) })
          : t('officeTimetable.validBetween', {
              from: dateWords(validFrom),
              to: dateWords(validTo),
            })}
      </td>
    </tr>
  )
}
