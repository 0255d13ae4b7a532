import { Button, ErrorSummary, FailureNotice, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { problemIf, useProblems } from '../../../forms/use-problems.ts'
import type { Problems } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { dayStart, writeLocal } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import type { Impact, Week } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { ENDS_ID, PLACE_ID, REASON_ID, STARTS_ID, readBlackout } from './blackout-form.ts'
import type { BlackoutInput } from './blackout-form.ts'
import { ImpactView } from './ImpactView.tsx'

type Preview = { readonly input: BlackoutInput; readonly impact: Impact }

/** What is closed, from when to when, and why; then who is touched; then it is saved. */
export function BlackoutEditor({ week }: { week: Week }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { timeZone } = useOffice()
  const problems = useProblems()
  const act = useAct()
  const [preview, setPreview] = useState<Preview | null>(null)
  const show = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = readBlackout(new FormData(event.currentTarget), timeZone)
    const isOrdered = input.startsAt !== '' && input.startsAt < input.endsAt
    const found = [
      ...problemIf(input.startsAt === '', STARTS_ID, t('officeForm.timeMissing')),
      ...problemIf(input.startsAt !== '' && !isOrdered, ENDS_ID, t('officeForm.timeOrder')),
      ...problemIf(input.reason.length < REASON_LENGTH, REASON_ID, t('officeForm.reasonMissing')),
    ]
    problems.show(found)
    if (found.length > 0) return
    const impact = await act.run(() => call('previewBlackout', { body: input }))
    if (impact !== null) setPreview({ input, impact })
  }
  return (
    <>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <form
        className="vv-stack vv-form"
        noValidate
        onSubmit={(event) => void show(event)}
        onChange={() => setPreview(null)}
      >
        <BlackoutFields week={week} problems={problems} />
        {act.failure && <FailureNotice code={act.failure.code} />}
        <div>
          <Button type="submit" look={preview ? 'secondary' : 'primary'} isBusy={act.isBusy}>
            {t('officeTimetable.preview')}
          </Button>
        </div>
      </form>
      <div role="status">{preview !== null && <SaveBlackout preview={preview} week={week} />}</div>
    </>
  )
}

function BlackoutFields({ week, problems }: { week: Week; problems: Problems }) {
  const { t } = useTranslation()
  const { timeZone } = useOffice()
  const places = [
    { value: 'FACILITY', label: t('officeTimetable.wholeFacility') },
    ...week.wings.map((wing) => ({ value: `WING ${wing}`, label: wing })),
    ...week.terminals.map(({ terminalId, name, wing }) => ({
      value: `TERMINAL ${terminalId}`,
      label: `${name}, ${wing}`,
    })),
  ]
  const monday = writeLocal(dayStart(week.weekOf, timeZone), timeZone)
  return (
    <>
      <PickField
        fieldId={PLACE_ID}
        name="place"
        label={t('officeTimetable.whatCloses')}
        options={places}
      />
      <div className="vv-fields">
        <TextField
          type="datetime-local"
          name="startsAt"
          fieldId={STARTS_ID}
          label={t('officeTimetable.closesAt')}
          defaultValue={monday}
          error={problems.of(STARTS_ID)}
        />
        <TextField
          type="datetime-local"
          name="endsAt"
          fieldId={ENDS_ID}
          label={t('officeTimetable.opensAt')}
          error={problems.of(ENDS_ID)}
        />
      </div>
      <ReasonField fieldId={REASON_ID} error={problems.of(REASON_ID)} />
    </>
  )
}

function SaveBlackout({ preview: { input, impact }, week }: { preview: Preview; week: Week }) {
  const { call } = useSession()
  const navigate = useNavigate()
  const act = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const save = async () => {
    const confirmedAffected = impact.affected.map(({ visitId }) => visitId)
    const body = { ...input, confirmedAffected }
    const done = await act.run(() => call('addBlackout', { body, key }))
    if (done !== null) await navigate(`/office/timetable?week=${week.weekOf}`)
  }
  return <ImpactView impact={impact} act={act} onSave={() => void save()} />
}
