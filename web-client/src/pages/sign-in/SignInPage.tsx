import {
  Button,
  ErrorSummary,
  Notice,
  Page,
  PageHeading,
  PasswordField,
  TextField,
  useErrorWords,
} from '@visavis/ui'
import type { FailureCode, FormProblem } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useLocation } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import type { ReturnTo } from '../../session/guards.tsx'
import { homeOf } from '../../session/home.ts'
import { useSession } from '../../session/session.ts'

/** How the last press of the button failed. */
type Attempt = {
  readonly count: number
  readonly isLoginMissing: boolean
  readonly isPasswordMissing: boolean
  readonly code: FailureCode | null
}

const NO_ATTEMPT: Attempt = {
  count: 0,
  isLoginMissing: false,
  isPasswordMissing: false,
  code: null,
}

/** One page for every role; the role decides where it leads. */
export function SignInPage() {
  const { t } = useTranslation()
  const { session } = useSession()
  const state = useLocation().state as ReturnTo | null
  if (session.phase === 'signedIn') {
    return <Navigate to={state?.returnTo ?? homeOf(session.me)} replace />
  }
  return (
    <Page>
      <div className="vv-stack vv-form">
        <PageHeading>{t('signIn.title')}</PageHeading>
        {session.phase === 'signedOut' && session.hasExpired && (
          <Notice>{t('signIn.expired')}</Notice>
        )}
        <SignInForm />
        <p>
          {t('signIn.noAccount')} <Link to="/register">{t('signIn.register')}</Link>
        </p>
      </div>
    </Page>
  )
}

function SignInForm() {
  const { t } = useTranslation()
  const { attempt, isBusy, submit } = useSignInForm()
  const errors = useFieldErrors(attempt)
  return (
    <>
      <ErrorSummary key={attempt.count} problems={useProblems(attempt)} />
      <form className="vv-stack vv-stack--near" noValidate onSubmit={(event) => void submit(event)}>
        <p>{t('signIn.intro')}</p>
        <TextField
          label={t('signIn.login')}
          name="login"
          fieldId="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.login}
        />
        <PasswordField
          label={t('signIn.password')}
          name="password"
          fieldId="password"
          error={errors.password}
        />
        <div>
          <Button type="submit" isWide isBusy={isBusy}>
            {t('signIn.submit')}
          </Button>
        </div>
      </form>
    </>
  )
}

function useSignInForm() {
  const { signIn } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [attempt, setAttempt] = useState(NO_ATTEMPT)
  const fail = (why: Omit<Attempt, 'count'>) =>
    setAttempt(({ count }) => ({ ...why, count: count + 1 }))
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const login = textOf(form, 'login').trim()
    // Not trimmed: a space may be part of it.
    const password = textOf(form, 'password')
    const missing = { isLoginMissing: login === '', isPasswordMissing: password === '' }
    if (login === '' || password === '') {
      fail({ ...missing, code: null })
      return
    }
    setIsBusy(true)
    const result = await signIn(login, password)
    if (result.ok) return
    setIsBusy(false)
    fail({ ...missing, code: result.code })
  }
  return { attempt, isBusy, submit }
}

function useFieldErrors({ isLoginMissing, isPasswordMissing }: Attempt) {
  const { t } = useTranslation()
  return {
    login: isLoginMissing ? t('signIn.loginMissing') : null,
    password: isPasswordMissing ? t('signIn.passwordMissing') : null,
  }
}

function useProblems(attempt: Attempt): FormProblem[] {
  const { login, password } = useFieldErrors(attempt)
  const wordsOf = useErrorWords()
  const failure = attempt.code === null ? null : wordsOf(attempt.code)
  return [
    ...(login === null ? [] : [{ text: login, fieldId: 'login' }]),
    ...(password === null ? [] : [{ text: password, fieldId: 'password' }]),
    ...(failure === null
      ? []
      : [{ text: `${failure.happened}. ${failure.cure}`, fieldId: 'login' }]),
  ]
}
