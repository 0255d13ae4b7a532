import { TextField, capitalised } from '@visavis/ui'
import { VISIT_CLASSES } from '@visavis/contract/media-policy'
import { useTranslation } from 'react-i18next'
import { AreaField, CheckGroup, PickField } from '../parts/Fields.tsx'
import { writeMinute } from '../parts/office-time.ts'
import type { Template, Week } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { fieldIdOf } from './template-form.ts'
import { useWeekdayWords } from './use-weekday-words.ts'

type TemplateFieldsProps = {
  readonly week: Week
  readonly template: Template | null
  readonly errorOf: (fieldId: string) => string | null
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
const MODES = ['INSTANT', 'APPROVAL', 'ON_DEMAND'] as const

/** The fields of a template, filled with what it is now. */
export function TemplateFields(props: TemplateFieldsProps) {
  return (
    <>
      <TimeFields {...props} />
      <KindFields {...props} />
      <ValidityFields {...props} />
    </>
  )
}

type FieldSet = {
  readonly template: Template | null
  readonly errorOf: (fieldId: string) => string | null
}

/** What every field of a name has: its id, its name in the form, its error. */
function useField({ errorOf }: Pick<FieldSet, 'errorOf'>) {
  return (name: string) => ({ name, fieldId: fieldIdOf(name), error: errorOf(fieldIdOf(name)) })
}

function TimeFields({ template, errorOf }: FieldSet) {
  const { t, i18n } = useTranslation()
  const weekdayWords = useWeekdayWords()
  const field = useField({ errorOf })
  return (
    <>
      <TextField
        {...field('name')}
        label={t('officeTimetable.name')}
        defaultValue={template?.name}
      />
      <div className="vv-fields">
        <PickField
          fieldId={fieldIdOf('weekday')}
          name="weekday"
          label={t('officeTimetable.weekday')}
          options={WEEKDAYS.map((day) => ({
            value: String(day),
            label: capitalised(weekdayWords(day), i18n.language),
          }))}
          first={String(template?.weekday ?? 1)}
        />
        <TextField
          {...field('startMinute')}
          type="time"
          label={t('officeTimetable.start')}
          defaultValue={template ? writeMinute(template.startMinute) : ''}
        />
        <NumberField
          {...field('lengthMinutes')}
          label={t('officeTimetable.length')}
          first={template?.lengthMinutes ?? 30}
        />
        <NumberField
          {...field('everyWeeks')}
          label={t('officeTimetable.every')}
          first={template?.everyWeeks ?? 1}
        />
      </div>
    </>
  )
}

type NumberFieldProps = {
  readonly name: string
  readonly fieldId: string
  readonly error: string | null
  readonly label: string
  readonly first: number
}

function NumberField({ first, ...field }: NumberFieldProps) {
  return <TextField {...field} type="number" inputMode="numeric" defaultValue={first} />
}

function KindFields({ week, template, errorOf }: TemplateFieldsProps) {
  const { t } = useTranslation()
  const field = useField({ errorOf })
  return (
    <>
      <div className="vv-fields">
        <PickField
          fieldId={fieldIdOf('visitClass')}
          name="visitClass"
          label={t('officeDay.class')}
          options={VISIT_CLASSES.map((value) => ({ value, label: t(`visitClass.${value}`) }))}
          first={template?.visitClass ?? 'social'}
        />
        <PickField
          fieldId={fieldIdOf('bookingMode')}
          name="bookingMode"
          label={t('officeTimetable.mode')}
          options={MODES.map((value) => ({ value, label: t(`bookingMode.${value}`) }))}
          first={template?.bookingMode ?? 'INSTANT'}
        />
        <NumberField
          {...field('capacity')}
          label={t('officeTimetable.capacity')}
          first={template?.capacity ?? 1}
        />
      </div>
      <CheckGroup
        legend={t('officeTimetable.wings')}
        hint={t('officeTimetable.wingsHint')}
        name="wings"
        fieldId={fieldIdOf('wings')}
        options={week.wings.map((wing) => ({
          value: wing,
          label: t('officeMovements.wing', { wing }),
        }))}
        checked={template?.wings ?? []}
      />
    </>
  )
}

function ValidityFields({ template, errorOf }: FieldSet) {
  const { t } = useTranslation()
  const { today } = useOffice()
  const field = useField({ errorOf })
  return (
    <>
      <div className="vv-fields">
        <TextField
          {...field('validFrom')}
          type="date"
          label={t('officeTimetable.from')}
          defaultValue={template?.validFrom ?? today}
        />
        <TextField
          {...field('validTo')}
          type="date"
          label={t('officeTimetable.to')}
          hint={t('officeTimetable.toHint')}
          defaultValue={template?.validTo ?? ''}
        />
      </div>
      <AreaField
        {...field('excludedDates')}
        label={t('officeTimetable.excluded')}
        hint={t('officeTimetable.excludedHint')}
        first={template?.excludedDates.join('\n') ?? ''}
      />
    </>
  )
}
