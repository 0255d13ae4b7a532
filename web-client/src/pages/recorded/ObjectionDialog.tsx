import { RadioGroup } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../forms/form-text.ts'
import { useSession } from '../../session/session.ts'
import { AreaField } from '../office/parts/Fields.tsx'
import { FormDialog } from '../office/parts/FormDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'

/** The contract's codes, the most usual first. */
const CODES = ['NOT_TOLD', 'PRIVILEGED', 'CHILD', 'PRIVATE_MATTER', 'OTHER'] as const

type DialogProps = {
  readonly visitId: string
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What somebody has against a recording: one of a few reasons, and words if they like. */
export function ObjectionDialog({ visitId, onClose, onDone }: DialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [code, choose] = useState<(typeof CODES)[number]>('OTHER')
  const send = async (form: FormData) => {
    const body = { code, text: textOf(form, 'text').trim() }
    const done = await act.run(() => call('objectToRecording', { params: { visitId }, body }))
    if (done !== null) onDone()
  }
  return (
    <FormDialog
      title={t('recorded.object')}
      submitLabel={t('recorded.send')}
      act={act}
      onSubmit={(form) => void send(form)}
      onClose={onClose}
    >
      <p>{t('recorded.objectIntro')}</p>
      <RadioGroup
        legend={t('recorded.why')}
        value={code}
        options={CODES.map((value) => ({ value, label: t(`recorded.code.${value}`) }))}
        onChoose={(value) => choose(CODES.find((one) => one === value) ?? code)}
      />
      <AreaField fieldId="objection-text" name="text" label={t('recorded.words')} />
    </FormDialog>
  )
}
