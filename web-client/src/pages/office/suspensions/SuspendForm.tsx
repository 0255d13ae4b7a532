import { Button, ConfirmDialog, ErrorSummary, FailureNotice, TextField } from '@visavis/ui'
import { VISIT_CLASSES } from '@visavis/contract/media-policy'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { problemIf, useProblems } from '../../../forms/use-problems.ts'
import type { Problems } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { CheckGroup, PickField } from '../parts/Fields.tsx'
import { addDays } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { readSuspension } from './suspend-form.ts'
import type { SuspensionInput } from './suspend-form.ts'
import { useBookedCount } from './use-booked-count.ts'

const CLASSES_ID = 'suspend-classes'
const AUTHORITY_ID = 'suspend-authority'
const WHY_ID = 'suspend-why'
const REVIEW_ID = 'suspend-review'
/** A suspension is looked at again after a week, unless somebody says otherwise. */
const REVIEW_DAYS = 7

/** Stops visits: what, who ordered it, why, when to look again; then who it hits, then yes. */
export function SuspendForm({ onDone }: { onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const { timeZone } = useOffice()
  const problems = useProblems()
  const [asked, setAsked] = useState<SuspensionInput | null>(null)
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = readSuspension(new FormData(event.currentTarget), timeZone)
    const found = [
      ...problemIf(input.classes.length === 0, CLASSES_ID, t('officeSuspensions.classMissing')),
      ...problemIf(
        input.authority.length < REASON_LENGTH,
        AUTHORITY_ID,
        t('officeSuspensions.authorityMissing'),
      ),
      ...problemIf(input.reason.length < REASON_LENGTH, WHY_ID, t('officeForm.reasonMissing')),
      ...problemIf(!isToCome(input.reviewAt), REVIEW_ID, t('officeForm.dateToCome')),
    ]
    problems.show(found)
    if (found.length === 0) setAsked(input)
  }
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officeSuspensions.add')}</h2>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <form className="vv-stack vv-form" noValidate onSubmit={ask}>
        <SuspendFields problems={problems} />
        <div>
          <Button type="submit" look="danger">
            {t('officeSuspensions.goOn')}
          </Button>
        </div>
      </form>
      {asked !== null && (
        <SuspendDialog
          input={asked}
          onCancel={() => setAsked(null)}
          onDone={(words) => {
            setAsked(null)
            onDone(words)
          }}
        />
      )}
    </section>
  )
}

function isToCome(instant: string): boolean {
  return instant !== '' && Date.parse(instant) > Date.now()
}

function SuspendFields({ problems }: { problems: Problems }) {
  const { t } = useTranslation()
  const { today } = useOffice()
  return (
    <>
      <PickField
        fieldId="suspend-scope"
        name="scope"
        label={t('officeSuspensions.scope')}
        options={(['FACILITY', 'OPERATOR', 'ESTATE'] as const).map((value) => ({
          value,
          label: t(`blackoutScope.${value}`),
        }))}
      />
      <CheckGroup
        legend={t('officeSuspensions.classes')}
        hint={t('officeSuspensions.classesHint')}
        name="classes"
        fieldId={CLASSES_ID}
        options={VISIT_CLASSES.map((value) => ({ value, label: t(`visitClass.${value}`) }))}
        checked={['social', 'official']}
        error={problems.of(CLASSES_ID)}
      />
      <TextField
        name="authority"
        fieldId={AUTHORITY_ID}
        label={t('officeSuspensions.authority')}
        error={problems.of(AUTHORITY_ID)}
      />
      <ReasonField fieldId={WHY_ID} error={problems.of(WHY_ID)} />
      <TextField
        type="date"
        name="reviewAt"
        fieldId={REVIEW_ID}
        label={t('officeSuspensions.reviewAt')}
        defaultValue={addDays(today, REVIEW_DAYS)}
        error={problems.of(REVIEW_ID)}
      />
    </>
  )
}

type SuspendDialogProps = {
  readonly input: SuspensionInput
  readonly onCancel: () => void
  readonly onDone: (words: string) => void
}

/** The second step: how many booked visits it stops here. */
function SuspendDialog({ input, onCancel, onDone }: SuspendDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const booked = useBookedCount(input.classes)
  const suspend = async () => {
    const done = await act.run(() => call('suspend', { body: input }))
    if (done !== null) onDone(t('officeSuspensions.stopped', { count: done.suspended }))
  }
  return (
    <ConfirmDialog
      title={t('officeSuspensions.confirmTitle')}
      confirmLabel={t('officeSuspensions.stop')}
      isBusy={act.isBusy}
      onConfirm={() => void suspend()}
      onCancel={onCancel}
    >
      <p role="status">{booked ?? t('common.loading')}</p>
      {input.scope !== 'FACILITY' && <p>{t('officeSuspensions.others')}</p>}
      {act.failure && <FailureNotice code={act.failure.code} />}
    </ConfirmDialog>
  )
}
