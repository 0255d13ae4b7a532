import {
  Button,
  ErrorSummary,
  FailureNotice,
  Notice,
  PageHeading,
  Progress,
  useResource,
} from '@visavis/ui'
import type { FormProblem } from '@visavis/ui'
import { useCallback, useReducer, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { weekdayName } from '../book/opening-hours.ts'
import { useAct } from '../office/parts/use-act.ts'
import { DayHours, stretchId } from './DayHours.tsx'
import { WEEKDAYS, changed, formOf, hoursOf, problemsOf } from './hours-form.ts'
import type { HoursForm, HoursProblem } from './hours-form.ts'

type Centre = Reply<'deskDay'>['linkCentre']

/** When the link centre's rooms can be booked. */
export function HoursPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const day = useResource(useCallback(() => call('deskDay', {}), [call]))
  return (
    <AccountPage>
      <div className="vv-stack">
        <Link to="/desk" className="vv-back">
          {t('common.back')}
        </Link>
        <PageHeading>{t('host.hours')}</PageHeading>
        {day.phase === 'loading' && <Progress />}
        {day.phase === 'failed' && <FailureNotice code={day.code} onRetry={day.reload} />}
        {day.phase === 'ready' && <HoursEditor centre={day.data.linkCentre} />}
      </div>
    </AccountPage>
  )
}

function HoursEditor({ centre }: { centre: Centre }) {
  const { t } = useTranslation()
  const [form, change] = useReducer(changed, formOf(centre.openingHours))
  const { attempt, problems, isSaved, isBusy, failure, save } = useSaving(form)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void save()
  }
  return (
    <form className="vv-stack" noValidate onSubmit={submit}>
      <ErrorSummary key={attempt} problems={useProblemWords(problems)} />
      {failure !== null && <FailureNotice code={failure.code} />}
      <div role="status" className="vv-host__status">
        {isSaved && <Notice tone="good" title={t('host.hoursSaved')} />}
      </div>
      <p>{t('host.hoursIntro', { name: centre.name })}</p>
      {WEEKDAYS.map((weekday) => (
        <DayHours
          key={weekday}
          weekday={weekday}
          stretches={form[weekday]}
          problems={problems.filter((each) => each.weekday === weekday)}
          onChange={change}
        />
      ))}
      <div>
        <Button type="submit" isBusy={isBusy} isWide>
          {t('host.hoursSave')}
        </Button>
      </div>
    </form>
  )
}

type Saving = { readonly attempt: number; readonly problems: readonly HoursProblem[] }

function useSaving(form: HoursForm) {
  const { call } = useSession()
  const { run, ...act } = useAct()
  const [saving, set] = useState<Saving>({ attempt: 0, problems: [] })
  const [saved, setSaved] = useState<HoursForm | null>(null)
  const save = async () => {
    const problems = problemsOf(form)
    set(({ attempt }) => ({ attempt: attempt + 1, problems }))
    if (problems.length > 0) return
    const openingHours = hoursOf(form)
    if ((await run(() => call('setOpeningHours', { body: { openingHours } }))) !== null) {
      setSaved(form)
    }
  }
  return { ...act, ...saving, isSaved: saved === form, save }
}

function useProblemWords(problems: readonly HoursProblem[]): FormProblem[] {
  const { t, i18n } = useTranslation()
  return problems.map(({ weekday, index, kind }) => {
    const day = weekdayName(Number(weekday), i18n.language, 'long')
    return {
      fieldId: stretchId(weekday, index),
      text: t('host.hoursProblem', { day, problem: t(`host.hoursWrong.${kind}`) }),
    }
  })
}
