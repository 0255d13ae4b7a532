import { TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { AreaField, CheckGroup } from '../../office/parts/Fields.tsx'
import { FormDialog } from '../../office/parts/FormDialog.tsx'
import { useAct } from '../../office/parts/use-act.ts'
import type { OpenPlay } from '../PurposeForm.tsx'
import { exactClock } from '../player/line-words.ts'
import type { Copy } from './copy-rules.ts'

type AskExportProps = {
  readonly open: OpenPlay
  /** Those that are made. */
  readonly copies: readonly Copy[]
  readonly onClose: () => void
  readonly onAsked: () => void
}

/** The contract's least lengths. */
const RECIPIENT_MIN = 3
const PURPOSE_MIN = 3

/** Asks for originals, proofs and chosen copies in one archive; somebody else decides (RC-6). */
export function AskExport({ open, copies, onClose, onAsked }: AskExportProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const ask = async (form: FormData) => {
    const { visitId } = open.play.visit
    const body = { ...textsOf(form), derivatives: form.getAll('copies').map(String) }
    const asked = await act.run(() => call('askExport', { params: { visitId }, body }))
    if (asked === null) return
    onAsked()
    onClose()
  }
  const check = (form: FormData) => {
    const { recipient, purpose, caseNumber } = textsOf(form)
    return [
      ...problemIf(recipient.length < RECIPIENT_MIN, 'recipient', t('exports.recipientMissing')),
      ...problemIf(purpose.length < PURPOSE_MIN, 'export-purpose', t('recordings.purposeMissing')),
      ...problemIf(caseNumber === '', 'export-case', t('recordings.caseMissing')),
    ]
  }
  return (
    <FormDialog
      title={t('exports.askTitle')}
      submitLabel={t('exports.askSubmit')}
      act={act}
      check={check}
      onSubmit={(form) => void ask(form)}
      onClose={onClose}
    >
      {(errorOf) => <Fields open={open} copies={copies} errorOf={errorOf} />}
    </FormDialog>
  )
}

function textsOf(form: FormData) {
  return {
    recipient: textOf(form, 'recipient').trim(),
    purpose: textOf(form, 'purpose').trim(),
    caseNumber: textOf(form, 'caseNumber').trim(),
  }
}

type FieldsProps = Pick<AskExportProps, 'open' | 'copies'> & {
  readonly errorOf: (fieldId: string) => string | null
}

function Fields({ open, copies, errorOf }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('exports.askBody')}</p>
      <TextField
        label={t('exports.recipient')}
        hint={t('exports.recipientHint')}
        name="recipient"
        fieldId="recipient"
        maxLength={200}
        error={errorOf('recipient')}
      />
      <AreaField
        fieldId="export-purpose"
        name="purpose"
        label={t('recordings.purpose')}
        first={open.purpose}
        error={errorOf('export-purpose')}
      />
      <TextField
        label={t('recordings.caseNumber')}
        name="caseNumber"
        fieldId="export-case"
        maxLength={100}
        defaultValue={open.caseNumber}
        error={errorOf('export-case')}
      />
      {copies.length > 0 && (
        <CheckGroup
          legend={t('exports.withCopies')}
          name="copies"
          fieldId="export-copies"
          checked={[]}
          options={copies.map(({ derivativeId, kind, fromMs, toMs }) => ({
            value: derivativeId,
            label: `${t(`copies.kind.${kind}`)}, ${exactClock(fromMs)} – ${exactClock(toMs)}`,
          }))}
        />
      )}
    </>
  )
}
