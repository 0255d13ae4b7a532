import { Button, ErrorSummary, PasswordField, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../forms/form-text.ts'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import { canUsePasskeys } from '../../session/passkeys.ts'
import { useSession } from '../../session/session.ts'
import { useWaitWords } from './use-wait-words.ts'

/** Login and password. What was typed stays after a refusal. */
export function PasswordForm() {
  const { t } = useTranslation()
  const { problems, isBusy, submit } = usePasswordForm()
  return (
    <>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <form className="vv-stack vv-stack--near" noValidate onSubmit={(event) => void submit(event)}>
        <p>{t('signIn.intro')}</p>
        <TextField
          label={t('signIn.login')}
          name="login"
          fieldId="login"
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          error={problems.of('login')}
        />
        <PasswordField
          label={t('signIn.password')}
          name="password"
          fieldId="password"
          error={problems.of('password')}
        />
        <div>
          <Button
            type="submit"
            isWide
            look={canUsePasskeys() ? 'secondary' : 'primary'}
            isBusy={isBusy}
          >
            {t('signIn.submit')}
          </Button>
        </div>
      </form>
    </>
  )
}

function usePasswordForm() {
  const { t } = useTranslation()
  const { call, enter } = useSession()
  const problems = useProblems()
  const waitWords = useWaitWords()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const login = textOf(form, 'login').trim()
    // Not trimmed: a space may be part of it.
    const password = textOf(form, 'password')
    const missing = [
      ...problemIf(login === '', 'login', t('signIn.loginMissing')),
      ...problemIf(password === '', 'password', t('signIn.passwordMissing')),
    ]
    if (missing.length > 0) {
      problems.show(missing)
      return
    }
    setIsBusy(true)
    const result = await call('signIn', { body: { login, password } })
    setIsBusy(false)
    if (result.ok) {
      enter(result.data)
      return
    }
    const waiting = waitWords(result)
    if (waiting === null) problems.showFailure(result.code, 'login')
    else problems.show([{ fieldId: null, text: waiting }])
  }
  return { problems, isBusy, submit }
}
