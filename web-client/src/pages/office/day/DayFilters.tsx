import { Button, SelectField, TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { addDays, isDate } from '../parts/office-time.ts'
import { useOffice } from '../parts/use-office.ts'

type DayFiltersProps = {
  readonly date: string
  readonly wings: readonly string[]
  /** Without it there is no search by name. */
  readonly hasNames?: boolean
}

/** Which day, which wing, whom; kept in the address, so that a link shows the same. */
export function DayFilters({ date, wings, hasNames = true }: DayFiltersProps) {
  const { t } = useTranslation()
  const { today } = useOffice()
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        if (value === '') before.delete(name)
        else before.set(name, value)
        return before
      },
      { replace: true },
    )
  const wingOptions = [
    { value: '', label: t('officeDay.allWings') },
    ...wings.map((wing) => ({ value: wing, label: wing })),
  ]
  return (
    <div className="vv-filters vv-no-print" role="search" aria-label={t('officeDay.filters')}>
      <DateSteps date={date} today={today} onDate={(value) => set('date', value)} />
      <SelectField
        label={t('officePeople.wing')}
        value={params.get('wing') ?? ''}
        options={wingOptions}
        onChoose={(value) => set('wing', value)}
      />
      {hasNames && (
        <TextField
          type="search"
          label={t('officeDay.name')}
          value={params.get('name') ?? ''}
          onChange={(event) => set('name', event.target.value)}
        />
      )}
    </div>
  )
}

type DateStepsProps = {
  readonly date: string
  readonly today: string
  readonly onDate: (date: string) => void
}

function DateSteps({ date, today, onDate }: DateStepsProps) {
  const { t } = useTranslation()
  return (
    <div className="vv-filters__steps">
      <TextField
        type="date"
        label={t('officeDay.date')}
        value={date}
        onChange={(event) => {
          if (isDate(event.target.value)) onDate(event.target.value)
        }}
      />
      <Button look="secondary" onClick={() => onDate(addDays(date, -1))}>
        {t('officeDay.before')}
      </Button>
      <Button look="secondary" onClick={() => onDate(addDays(date, 1))}>
        {t('officeDay.after')}
      </Button>
      {date !== today && (
        <Button look="quiet" onClick={() => onDate('')}>
          {t('officeDay.today')}
        </Button>
      )}
    </div>
  )
}
