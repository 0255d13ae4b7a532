import { Button, FailureNotice } from '@visavis/ui'
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { Done } from '../office/parts/Done.tsx'
import { useAct } from '../office/parts/use-act.ts'

type FormProps = {
  /** The stretch as it is when the report is signed. */
  readonly span: () => { from: string; to: string; wing?: string }
  readonly onSigned: () => void
}

const LONGEST_NOTE = 4000

/** What the next shift should know, signed with the figures of this one. */
export function ReportForm({ span, onSigned }: FormProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const noteId = useId()
  const [told, tell] = useState<string | null>(null)
  const sign = async (form: HTMLFormElement) => {
    const note = new FormData(form).get('note')
    const body = { ...span(), note: typeof note === 'string' ? note : '' }
    const report = await act.run(() => call('writeShiftReport', { body }))
    if (report === null) return
    form.reset()
    tell(t('oversight.shift.signed'))
    onSigned()
  }
  return (
    <section className="vv-stack vv-stack--near vv-no-print">
      <h2>{t('oversight.shift.report')}</h2>
      <p className="vv-soft">{t('oversight.shift.reportBody')}</p>
      <Done words={told} />
      <form
        className="vv-stack vv-stack--near"
        onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!act.isBusy) void sign(event.currentTarget)
        }}
      >
        <div className="vv-field">
          <label className="govuk-label" htmlFor={noteId}>
            {t('oversight.shift.note')}
          </label>
          <textarea
            id={noteId}
            name="note"
            className="govuk-textarea"
            rows={4}
            maxLength={LONGEST_NOTE}
          />
        </div>
        {act.failure !== null && <FailureNotice code={act.failure.code} />}
        <div>
          <Button type="submit" isBusy={act.isBusy}>
            {t('oversight.shift.sign')}
          </Button>
        </div>
      </form>
    </section>
  )
}
