import { Button, TextField, buttonClass, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { addDays, isDate, mondayOf } from '../parts/office-time.ts'
import type { Week } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { BlackoutSection } from './BlackoutSection.tsx'
import { TemplateList } from './TemplateList.tsx'
import { WeekTable } from './WeekTable.tsx'

const WEEK_DAYS = 7

/** One week of the facility: slots with used and free places, closures, and the rules that make them. */
export function TimetablePage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { today } = useOffice()
  const [params] = useSearchParams()
  const asked = params.get('week')
  const weekOf = mondayOf(isDate(asked) ? asked : today)
  const load = useCallback(() => call('timetable', { query: { weekOf } }), [call, weekOf])
  return (
    <OfficeFrame title={t('officeTimetable.title')}>
      <WeekSteps weekOf={weekOf} />
      <Loaded from={useResource(load)}>
        {(week, reload) => <WeekView week={week} reload={reload} />}
      </Loaded>
    </OfficeFrame>
  )
}

function WeekSteps({ weekOf }: { weekOf: string }) {
  const { t } = useTranslation()
  const { today } = useOffice()
  const [, setParams] = useSearchParams()
  const go = (week: string) => setParams({ week }, { replace: true })
  return (
    <div className="vv-filters vv-no-print">
      <div className="vv-filters__steps">
        <TextField
          type="date"
          label={t('officeTimetable.weekOf')}
          value={weekOf}
          onChange={(event) => {
            if (isDate(event.target.value)) go(mondayOf(event.target.value))
          }}
        />
        <Button look="secondary" onClick={() => go(addDays(weekOf, -WEEK_DAYS))}>
          {t('officeTimetable.before')}
        </Button>
        <Button look="secondary" onClick={() => go(addDays(weekOf, WEEK_DAYS))}>
          {t('officeTimetable.after')}
        </Button>
        {weekOf !== mondayOf(today) && (
          <Button look="quiet" onClick={() => go(mondayOf(today))}>
            {t('officeTimetable.thisWeek')}
          </Button>
        )}
      </div>
      <Link to={`/office/timetable/templates/new?week=${weekOf}`} className={buttonClass()}>
        {t('officeTimetable.add')}
      </Link>
    </div>
  )
}

function WeekView({ week, reload }: { week: Week; reload: () => void }) {
  const { timeZone } = useOffice()
  return (
    <>
      <WeekTable week={week} timeZone={timeZone} />
      <BlackoutSection week={week} onChanged={reload} />
      <TemplateList templates={week.templates} weekOf={week.weekOf} />
    </>
  )
}
