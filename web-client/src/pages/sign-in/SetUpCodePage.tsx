import { TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import { FINISH } from '../../session/guards.tsx'
import { useSession } from '../../session/session.ts'
import { useWaitWords } from './use-wait-words.ts'

/** New staff, and those who were reset: their login and the administrator's code lead to a passkey. */
export function SetUpCodePage() {
  const { t } = useTranslation()
  const { session } = useSession()
  const { problems, isBusy, submit } = useRedeeming()
  if (session.phase === 'signedIn') return <Navigate to={FINISH} replace />
  return (
    <StepPage
      isPublic
      title={t('setUp.codeTitle')}
      back="/sign-in"
      backLabel={t('registration.backToSignIn')}
      problems={problems}
    >
      <p>{t('setUp.codeBody')}</p>
      <StepForm isBusy={isBusy} onSubmit={(form) => void submit(form)}>
        <TextField
          label={t('setUp.login')}
          name="login"
          fieldId="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={problems.of('login')}
        />
        <TextField
          label={t('setUp.code')}
          hint={t('setUp.codeHint')}
          name="setUpCode"
          fieldId="setUpCode"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={problems.of('setUpCode')}
        />
      </StepForm>
    </StepPage>
  )
}

function useRedeeming() {
  const { t } = useTranslation()
  const { call, enter } = useSession()
  const problems = useProblems()
  const waitWords = useWaitWords()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (form: FormData) => {
    const login = textOf(form, 'login').trim()
    const code = textOf(form, 'setUpCode').trim()
    const missing = [
      ...problemIf(login === '', 'login', t('signIn.loginMissing')),
      ...problemIf(code === '', 'setUpCode', t('setUp.codeMissing')),
    ]
    if (missing.length > 0) {
      problems.show(missing)
      return
    }
    setIsBusy(true)
    const result = await call('redeemSetUpCode', { body: { login, code } })
    setIsBusy(false)
    if (result.ok) {
      enter(result.data)
      return
    }
    const waiting = waitWords(result)
    if (waiting === null) problems.showFailure(result.code, 'setUpCode')
    else problems.show([{ fieldId: null, text: waiting }])
  }
  return { problems, isBusy, submit }
}
