import { TextField } from '@visavis/ui'
import { useState } from 'react'
import type { Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import { MailedCodePage } from '../../forms/MailedCodePage.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { looksLikeEmail } from '../registration/registration.ts'
import type { SecurityState } from './SecurityPage.tsx'

/** Shows that mails arrive: an address, then the code that was sent there. */
export function EmailPage({ onDone }: { onDone: () => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  return sentTo === null ? (
    <AskAddress onSent={setSentTo} />
  ) : (
    <TypeCode email={sentTo} onDone={onDone} onAgain={() => setSentTo(null)} />
  )
}

function AskAddress({ onSent }: { onSent: Dispatch<string> }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const problems = useProblems()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (form: FormData) => {
    const email = textOf(form, 'email').trim()
    if (!looksLikeEmail(email)) {
      problems.show([{ fieldId: 'email', text: t('registration.emailWrong') }])
      return
    }
    setIsBusy(true)
    const result = await call('askEmailProof', { body: { email } })
    setIsBusy(false)
    if (result.ok) onSent(email)
    else problems.showFailure(result.code, 'email')
  }
  return (
    <StepPage title={t('emailProof.title')} back="/security" problems={problems}>
      <p>{t('emailProof.body')}</p>
      <StepForm
        isBusy={isBusy}
        submitLabel={t('emailProof.send')}
        onSubmit={(form) => void submit(form)}
      >
        <TextField
          label={t('registration.email')}
          name="email"
          fieldId="email"
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          error={problems.of('email')}
        />
      </StepForm>
    </StepPage>
  )
}

type CodeProps = {
  readonly email: string
  readonly onDone: () => void
  readonly onAgain: () => void
}

function TypeCode({ email, onDone, onAgain }: CodeProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const leave = () => {
    onDone()
    void navigate('/security', { state: { done: 'emailProof.done' } satisfies SecurityState })
  }
  return (
    <MailedCodePage
      title={t('emailProof.codeTitle')}
      body={t('emailProof.sent', { email })}
      send={(code) => call('proveEmail', { body: { code } })}
      onTaken={leave}
      onAgain={onAgain}
    />
  )
}
