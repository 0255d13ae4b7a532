import { Button, FailureNotice, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { incidentUrls } from '../../api/paths.ts'
import { textOf } from '../../forms/form-text.ts'
import { problemIf } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { FormDialog } from '../office/parts/FormDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'
import type { IncidentProps } from './IncidentPage.tsx'

const REFERENCE_ID = 'incident-reference'

/** The report for the authority, and that it was told. */
export function IncidentActs({ incident, onDone }: IncidentProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isTelling, tell] = useState(false)
  const { incidentId, work, authority } = incident
  const report = async () => {
    // The report wants a fresh proof, and a page's link cannot ask for one: a proof is given first.
    const proved = await act.run(() => call('incidentPapers', { params: { incidentId } }))
    if (proved !== null) window.location.assign(incidentUrls(incidentId).report)
  }
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.authorityTitle')}</h2>
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <div className="vv-row">
        {work.state === 'DONE' && (
          <Button look="secondary" isBusy={act.isBusy} onClick={() => void report()}>
            {t('incidents.report')}
          </Button>
        )}
        {authority.doneAt === null && (
          <Button onClick={() => tell(true)}>{t('incidents.authorityTold')}</Button>
        )}
      </div>
      {incident.authorityReference !== null && (
        <p>{t('incidents.reference', { reference: incident.authorityReference })}</p>
      )}
      {isTelling && <Telling incident={incident} onDone={onDone} onClose={() => tell(false)} />}
    </section>
  )
}

function Telling({ incident, onDone, onClose }: IncidentProps & { onClose: () => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const { incidentId } = incident
  const referenceOf = (form: FormData) => textOf(form, 'reference').trim()
  const send = async (form: FormData) => {
    const body = { reference: referenceOf(form) }
    const told = await act.run(() => call('authorityTold', { params: { incidentId }, body }))
    if (told === null) return
    onClose()
    onDone()
  }
  return (
    <FormDialog
      title={t('incidents.authorityTold')}
      submitLabel={t('incidents.noteIt')}
      act={act}
      onClose={onClose}
      check={(form) =>
        problemIf(referenceOf(form) === '', REFERENCE_ID, t('incidents.wrong.reference'))
      }
      onSubmit={(form) => void send(form)}
    >
      {(errorOf) => (
        <TextField
          fieldId={REFERENCE_ID}
          name="reference"
          label={t('incidents.field.reference')}
          error={errorOf(REFERENCE_ID)}
        />
      )}
    </FormDialog>
  )
}
