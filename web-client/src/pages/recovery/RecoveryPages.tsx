import { Notice, TextField, buttonClass } from '@visavis/ui'
import { useState } from 'react'
import type { Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { MailedCodePage } from '../../forms/MailedCodePage.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { RecoveredPassword } from './RecoveredPassword.tsx'

/** How far the way back in is. Kept in the page only: whoever leaves it begins anew. */
export type RecoveryStep =
  | { readonly at: 'login' }
  | { readonly at: 'code'; readonly login: string }
  | { readonly at: 'password'; readonly found: Reply<'proveRecovery'> }
  | { readonly at: 'done' }

const OF = 3

/** The way back in by a code of a mail. Whether there is such an account is never told. */
export function RecoveryPages() {
  const [step, go] = useState<RecoveryStep>({ at: 'login' })
  switch (step.at) {
    case 'login':
      return <AskLogin go={go} />
    case 'code':
      return <TypeCode login={step.login} go={go} />
    case 'password':
      return <RecoveredPassword found={step.found} of={OF} go={go} />
    case 'done':
      return <Done />
  }
}

type StepProps = { readonly go: Dispatch<RecoveryStep> }

function AskLogin({ go }: StepProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const problems = useProblems()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (form: FormData) => {
    const login = textOf(form, 'login').trim()
    if (login === '') {
      problems.show([{ fieldId: 'login', text: t('signIn.loginMissing') }])
      return
    }
    setIsBusy(true)
    const result = await call('askRecovery', { body: { login } })
    setIsBusy(false)
    if (result.ok) go({ at: 'code', login })
    else problems.showFailure(result.code, 'login')
  }
  return (
    <StepPage
      isPublic
      title={t('recovery.title')}
      back="/sign-in"
      backLabel={t('registration.backToSignIn')}
      step={{ at: 1, of: OF }}
      problems={problems}
    >
      <p>{t('recovery.body')}</p>
      <StepForm isBusy={isBusy} onSubmit={(form) => void submit(form)}>
        <TextField
          label={t('recovery.login')}
          name="login"
          fieldId="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={problems.of('login')}
        />
      </StepForm>
      <Notice>{t('recovery.staff')}</Notice>
    </StepPage>
  )
}

function TypeCode({ login, go }: StepProps & { login: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  return (
    <MailedCodePage
      isPublic
      title={t('recovery.codeTitle')}
      step={{ at: 2, of: OF }}
      body={t('recovery.codeBody', { login })}
      send={(code) => call('proveRecovery', { body: { code } })}
      onTaken={(found) => go({ at: 'password', found })}
      onAgain={() => go({ at: 'login' })}
    />
  )
}

function Done() {
  const { t } = useTranslation()
  return (
    <StepPage isPublic title={t('recovery.doneTitle')}>
      <Notice tone="good">{t('recovery.doneBody')}</Notice>
      <p>
        <Link to="/sign-in" className={buttonClass({ isWide: true })}>
          {t('registration.toSignIn')}
        </Link>
      </p>
    </StepPage>
  )
}
