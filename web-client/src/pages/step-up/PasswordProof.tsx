import { Button, ErrorSummary, PasswordField } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../api/api.ts'
import { CodeField, useDigits } from '../../forms/CodeField.tsx'
import { textOf } from '../../forms/form-text.ts'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { useWaitWords } from '../sign-in/use-wait-words.ts'
import type { PasswordKind } from './proof-kinds.ts'

/** Proves with the password, and with a code of the app where the account has one. */
export function PasswordProof({ kind }: { kind: PasswordKind }) {
  const { t } = useTranslation()
  const { problems, isBusy, submit } = usePasswordProof(kind)
  return (
    <form className="vv-stack vv-stack--near" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <PasswordField
        label={t('signIn.password')}
        name="password"
        fieldId="proof-password"
        autoFocus
        error={problems.of('proof-password')}
      />
      {kind === 'PASSWORD_TOTP' && (
        <CodeField
          label={t('secondFactor.code')}
          fieldId="proof-code"
          error={problems.of('proof-code')}
        />
      )}
      <div>
        <Button type="submit" isBusy={isBusy}>
          {t('stepUp.confirm')}
        </Button>
      </div>
    </form>
  )
}

function usePasswordProof(kind: PasswordKind) {
  const { call, enter, proofDesk } = useSession()
  const problems = useProblems()
  const waitWords = useWaitWords()
  const read = useProofForm(kind)
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const { body, wrong } = read(new FormData(event.currentTarget))
    if (wrong.length > 0) {
      problems.show(wrong)
      return
    }
    setIsBusy(true)
    const result = await call('prove', { body })
    setIsBusy(false)
    if (result.ok) {
      enter(result.data)
      proofDesk.answer(true)
      return
    }
    const waiting = waitWords(result)
    if (waiting !== null) {
      problems.show([{ fieldId: null, text: waiting }])
      return
    }
    problems.showFailure(
      result.code,
      result.code === 'CODE_REFUSED' ? 'proof-code' : 'proof-password',
    )
  }
  return { problems, isBusy, submit }
}

function useProofForm(kind: PasswordKind) {
  const { t } = useTranslation()
  const readDigits = useDigits()
  return (form: FormData) => {
    const password = textOf(form, 'password')
    const { digits, problem } = readDigits(textOf(form, 'code'))
    const needsCode = kind === 'PASSWORD_TOTP'
    const wrong = [
      ...problemIf(password === '', 'proof-password', t('signIn.passwordMissing')),
      ...problemIf(needsCode && digits === null, 'proof-code', problem),
    ]
    const body: CallInput<'prove'>['body'] = needsCode
      ? { kind, password, code: digits ?? '' }
      : { kind, password }
    return { body, wrong }
  }
}
