import { ownZone, useLanguage } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { NewPasswordField, useNewPassword } from '../../forms/NewPasswordField.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { REGISTRATION_STEPS } from './registration.ts'
import type { StepProps } from './RegistrationPages.tsx'

/** Step 4: the password, which is sent and never kept. */
export function PasswordStep({ answers }: StepProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const { isBusy, send } = useSending(answers, (code) => problems.showFailure(code, 'password'))
  const read = useNewPassword()
  const submit = (form: FormData) => {
    const { password, problem } = read(form)
    if (problem === null) void send(password)
    else problems.show([{ fieldId: 'password', text: problem }])
  }
  return (
    <StepPage
      isPublic
      title={t('registration.passwordTitle')}
      back="/register/contact"
      step={{ at: REGISTRATION_STEPS.length, of: REGISTRATION_STEPS.length }}
      problems={problems}
    >
      <StepForm onSubmit={submit} isBusy={isBusy} submitLabel={t('registration.send')}>
        <input type="hidden" name="username" autoComplete="username" value={answers.email} />
        <NewPasswordField label={t('registration.password')} error={problems.of('password')} />
      </StepForm>
    </StepPage>
  )
}

type OnFailure = (code: Parameters<ReturnType<typeof useProblems>['showFailure']>[0]) => void

function useSending(answers: StepProps['answers'], onFailure: OnFailure) {
  const { call } = useSession()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const send = async (password: string) => {
    setIsBusy(true)
    const { phone, ...person } = answers
    const body = {
      ...person,
      ...(phone === '' ? {} : { phone }),
      language,
      timeZone: ownZone(),
      password,
    }
    const result = await call('register', { body })
    setIsBusy(false)
    if (result.ok) await navigate('/register/sent', { replace: true })
    else onFailure(result.code)
  }
  return { isBusy, send }
}
