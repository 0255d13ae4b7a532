import { Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { NewPasswordField, useNewPassword } from '../../forms/NewPasswordField.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import type { SecurityState } from './SecurityPage.tsx'

/** Another password; every other browser is signed out by it. */
export function PasswordPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const problems = useProblems()
  const read = useNewPassword()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (form: FormData) => {
    const { password, problem } = read(form)
    if (problem !== null) {
      problems.show([{ fieldId: 'password', text: problem }])
      return
    }
    setIsBusy(true)
    const result = await call('changePassword', { body: { password } })
    setIsBusy(false)
    if (!result.ok) {
      problems.showFailure(result.code, 'password')
      return
    }
    onDone()
    await navigate('/security', {
      state: { done: 'security.passwordSaved' } satisfies SecurityState,
    })
  }
  return (
    <StepPage title={t('newPassword.title')} back="/security" problems={problems}>
      <Notice>{t('newPassword.endsOthers')}</Notice>
      <StepForm
        isBusy={isBusy}
        submitLabel={t('security.save')}
        onSubmit={(form) => void submit(form)}
      >
        <NewPasswordField label={t('newPassword.label')} error={problems.of('password')} />
      </StepForm>
    </StepPage>
  )
}
