import { Button, FailureNotice, Notice, SummaryList, TextField } from '@visavis/ui'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { RejectForm } from '../inbox/RejectForm.tsx'
import type { RejectionReason } from '../inbox/RejectForm.tsx'
import { addDays, dayStart, isDate } from '../parts/office-time.ts'
import type { VisitorFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type RegisterCheckProps = {
  readonly visitor: VisitorFile['visitor']
  readonly onDone: (words: string) => void
}

const REASONS: readonly RejectionReason[] = ['NOT_ON_REGISTER', 'FACILITY_DECISION']
/** Registers are renewed once a year. */
const VALID_DAYS = 365

/** What somebody said of their register, and the answer after a look at it. */
export function RegisterCheck({ visitor, onDone }: RegisterCheckProps) {
  const { t } = useTranslation()
  const { professional } = visitor
  if (professional === null) return <Notice title={t('officePeople.noProfession')} />
  return (
    <>
      <SummaryList
        rows={[
          { term: t('officePeople.profession'), value: t(`relationshipKind.${professional.kind}`) },
          { term: t('officePeople.register'), value: professional.registerName },
          { term: t('officePeople.registerNumber'), value: professional.registerNumber },
          { term: t('officePeople.state'), value: t(`verification.${professional.state}`) },
        ]}
      />
      {professional.state === 'SUBMITTED' && <Answer visitor={visitor} onDone={onDone} />}
    </>
  )
}

function Answer({ visitor: { visitorId }, onDone }: RegisterCheckProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { today, timeZone } = useOffice()
  const fieldId = useId()
  const [until, setUntil] = useState(addDays(today, VALID_DAYS))
  const yes = useAct()
  const no = useAct()
  const params = { visitorId }
  const isWrong = !isDate(until) || until <= today
  const verify = async () => {
    if (isWrong) return
    const body = { decision: 'VERIFY', validUntil: dayStart(until, timeZone) } as const
    const done = await yes.run(() => call('decideProfessional', { params, body }))
    if (done !== null) onDone(t('officeInbox.verified'))
  }
  const reject = async (reason: RejectionReason) => {
    const body = { decision: 'REJECT', reason } as const
    const done = await no.run(() => call('decideProfessional', { params, body }))
    if (done !== null) onDone(t('officeInbox.rejected'))
  }
  return (
    <>
      <TextField
        type="date"
        label={t('officePeople.validUntil')}
        fieldId={fieldId}
        value={until}
        error={isWrong ? t('officeForm.dateToCome') : null}
        onChange={(event) => setUntil(event.target.value)}
      />
      {yes.failure && <FailureNotice code={yes.failure.code} />}
      <div>
        <Button isBusy={yes.isBusy} onClick={() => void verify()}>
          {t('officePeople.onRegister')}
        </Button>
      </div>
      <RejectForm
        reasons={REASONS}
        fields={[]}
        isBusy={no.isBusy}
        failure={no.failure?.code ?? null}
        onReject={(reason) => void reject(reason)}
      />
    </>
  )
}
