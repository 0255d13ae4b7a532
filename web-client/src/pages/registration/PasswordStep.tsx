import { Notice, PasswordField, ownZone, useLanguage } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { PASSWORD_LENGTH, REGISTRATION_STEPS } from './registration.ts'
import type { StepProps } from './RegistrationPages.tsx'

/** Step 4: the password, which is sent and never kept. */
export function PasswordStep({ answers }: StepProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const { isBusy, send } = useSending(answers, (code) => problems.showFailure(code))
  const submit = (form: FormData) => {
    const password = textOf(form, 'password')
    if (password.length >= PASSWORD_LENGTH) return void send(password)
    const text = t('registration.passwordShort', { count: PASSWORD_LENGTH })
    problems.show([{ fieldId: 'password', text }])
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
        <PasswordField
          label={t('registration.password')}
          hint={t('registration.passwordHint', { count: PASSWORD_LENGTH })}
          name="password"
          fieldId="password"
          autoComplete="new-password"
          error={problems.of('password')}
        />
        <Notice>{t('registration.passwordIdea')}</Notice>
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
