import { Button, Dialog, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { FormDialog } from '../parts/FormDialog.tsx'
import { addDays, dayStart, readLocal, writeLocal } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type Outcome = Reply<'terminalOutage'>
type OutageDialogProps = {
  readonly terminal: { readonly terminalId: string; readonly name: string }
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Takes a terminal out of order, then tells what became of its visits (BK-13). */
export function OutageDialog({ terminal, onClose, onDone }: OutageDialogProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  if (outcome !== null) return <OutageResult outcome={outcome} onDone={onDone} />
  return <OutageForm terminal={terminal} onClose={onClose} onOutcome={setOutcome} />
}

const UNTIL_ID = 'outage-until'
const WHY_ID = 'outage-why'

type OutageFormProps = Pick<OutageDialogProps, 'terminal' | 'onClose'> & {
  readonly onOutcome: (outcome: Outcome) => void
}

function OutageForm({ terminal, onClose, onOutcome }: OutageFormProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { timeZone, today } = useOffice()
  const act = useAct()
  const untilOf = (form: FormData) => readLocal(textOf(form, 'until'), timeZone)
  const isLater = (until: string | null) => until !== null && Date.parse(until) > Date.now()
  const send = async (form: FormData) => {
    const body = { until: untilOf(form) ?? '', reason: textOf(form, 'reason').trim() }
    const params = { terminalId: terminal.terminalId }
    const outcome = await act.run(() => call('terminalOutage', { params, body }))
    if (outcome !== null) onOutcome(outcome)
  }
  return (
    <FormDialog
      title={t('officeDay.outageTitle', { name: terminal.name })}
      submitLabel={t('officeDay.outageSubmit')}
      isDanger
      act={act}
      onClose={onClose}
      onSubmit={(form) => void send(form)}
      check={(form) => [
        ...problemIf(!isLater(untilOf(form)), UNTIL_ID, t('officeForm.timeToCome')),
        ...problemIf(
          textOf(form, 'reason').trim().length < REASON_LENGTH,
          WHY_ID,
          t('officeForm.reasonMissing'),
        ),
      ]}
    >
      {(errorOf) => (
        <>
          <p>{t('officeDay.outageBody')}</p>
          <TextField
            type="datetime-local"
            name="until"
            fieldId={UNTIL_ID}
            label={t('officeDay.outageUntil')}
            defaultValue={writeLocal(dayStart(addDays(today, 1), timeZone), timeZone)}
            error={errorOf(UNTIL_ID)}
          />
          <ReasonField fieldId={WHY_ID} error={errorOf(WHY_ID)} />
        </>
      )}
    </FormDialog>
  )
}

function OutageResult({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const { t } = useTranslation()
  const { moved, stranded, running } = outcome
  return (
    <Dialog title={t('officeDay.outageResult')} onClose={onDone}>
      <ul className="vv-list">
        <li>{t('officeDay.moved', { count: moved.length })}</li>
        <li>{t('officeDay.stranded', { count: stranded.length })}</li>
        <li>{t('officeDay.running', { count: running.length })}</li>
      </ul>
      {stranded.length > 0 && (
        <Link to="/office/inbox?kind=TERMINAL_OUT_OF_ORDER">{t('officeDay.toTasks')}</Link>
      )}
      <div>
        <Button autoFocus onClick={onDone}>
          {t('officeDay.understood')}
        </Button>
      </div>
    </Dialog>
  )
}
