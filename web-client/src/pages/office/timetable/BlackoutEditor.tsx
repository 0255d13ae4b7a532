import { Button, ErrorSummary, FailureNotice, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { problemIf, useProblems } from '../../../forms/use-problems.ts'
import type { Problems } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { addDays, dayStart, writeLocal } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import type { Impact, Week } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { ENDS_ID, PLACE_ID, REASON_ID, STARTS_ID, readBlackout } from './blackout-form.ts'
import type { BlackoutInput } from './blackout-form.ts'
import { isImpactChanged } from './impact-changed.ts'
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
    await look(input)
  }
  const look = async (input: BlackoutInput) => {
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
      <div role="status">
        {preview !== null && <SaveBlackout preview={preview} week={week} onChanged={look} />}
      </div>
    </>
  )
}

function BlackoutFields({ week, problems }: { week: Week; problems: Problems }) {
  const { t } = useTranslation()
  const { timeZone, today } = useOffice()
  const places = [
    { value: 'FACILITY', label: t('officeTimetable.wholeFacility') },
    ...week.wings.map((wing) => ({
      value: `WING ${wing}`,
      label: t('officeMovements.wing', { wing }),
    })),
    ...week.terminals.map(({ terminalId, name, wing }) => ({
      value: `TERMINAL ${terminalId}`,
      label: t('officeDay.inWing', { name, wing }),
    })),
  ]
  // The week that was looked at, but nothing is closed in the past.
  const first = week.weekOf > today ? week.weekOf : addDays(today, 1)
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
          defaultValue={writeLocal(dayStart(first, timeZone), timeZone)}
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

type SaveBlackoutProps = {
  readonly preview: Preview
  readonly week: Week
  /** It would touch others by now: look again. */
  readonly onChanged: (input: BlackoutInput) => Promise<void>
}

function SaveBlackout({ preview: { input, impact }, week, onChanged }: SaveBlackoutProps) {
  const { call } = useSession()
  const navigate = useNavigate()
  const act = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const save = async () => {
    const body = { ...input, affectedDigest: impact.affectedDigest }
    const done = await act.run(async () => {
      const saved = await call('addBlackout', { body, key })
      if (isImpactChanged(saved)) await onChanged(input)
      return saved
    })
    if (done !== null) await navigate(`/office/timetable?week=${week.weekOf}`)
  }
  return (
    <ImpactView key={impact.affectedDigest} impact={impact} act={act} onSave={() => void save()} />
  )
}
