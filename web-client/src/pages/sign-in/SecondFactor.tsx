import { Button, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { CodeField, useDigits } from '../../forms/CodeField.tsx'
import { textOf } from '../../forms/form-text.ts'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import type { Problems } from '../../forms/use-problems.ts'
import { canUsePasskeys, provePasskey } from '../../session/passkeys.ts'
import { useSession } from '../../session/session.ts'
import { PasskeyTroubleNotice } from './PasskeyTroubleNotice.tsx'
import type { PasskeyFailure } from './use-passkey-sign-in.ts'
import { useWaitWords } from './use-wait-words.ts'

type Kind = Reply<'me'>['signIn']['secondFactors'][number]
type Props = { readonly kinds: readonly Kind[]; readonly children: ReactNode }

/** After the password: one more proof. One of them at a time; the others are a press away. */
export function SecondFactor({ kinds, children }: Props) {
  const { t } = useTranslation()
  const offered = kinds.filter((kind) => kind !== 'PASSKEY' || canUsePasskeys())
  const [chosen, choose] = useState<Kind | null>(offered[0] ?? null)
  const problems = useProblems()
  if (chosen === null) {
    return (
      <StepPage isPublic title={t('secondFactor.title')}>
        <p>{t('passkey.notInBrowser')}</p>
        {children}
      </StepPage>
    )
  }
  return (
    <StepPage isPublic title={t('secondFactor.title')} problems={problems}>
      <Way key={chosen} kind={chosen} problems={problems} />
      <div className="vv-stack vv-stack--close">
        {offered
          .filter((kind) => kind !== chosen)
          .map((kind) => (
            <div key={kind}>
              <Button look="quiet" onClick={() => choose(kind)}>
                {t(`secondFactor.instead.${kind}`)}
              </Button>
            </div>
          ))}
        {children}
      </div>
    </StepPage>
  )
}

function Way({ kind, problems }: { kind: Kind; problems: Problems }) {
  switch (kind) {
    case 'PASSKEY':
      return <ByPasskey />
    case 'TOTP':
      return <ByTotp problems={problems} />
    case 'RECOVERY_CODE':
      return <ByRecoveryCode problems={problems} />
  }
}

function ByPasskey() {
  const { t } = useTranslation()
  const { call, enter } = useSession()
  const [failure, setFailure] = useState<PasskeyFailure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const run = async (): Promise<PasskeyFailure | null> => {
    const request = await call('proofRequest', {})
    if (!request.ok) return { from: 'server', code: request.code }
    if (request.data.passkey === null) return { from: 'server', code: 'PASSKEY_REFUSED' }
    const answer = await provePasskey(request.data.passkey)
    if (!answer.ok) return { from: 'device', trouble: answer.trouble }
    const body = { kind: 'PASSKEY' as const, credential: answer.response }
    const result = await call('secondFactor', { body })
    if (result.ok) enter(result.data)
    return result.ok ? null : { from: 'server', code: result.code }
  }
  const press = async () => {
    setIsBusy(true)
    setFailure(null)
    setFailure(await run())
    setIsBusy(false)
  }
  return (
    <>
      <p>{t('secondFactor.passkeyBody')}</p>
      <PasskeyTroubleNotice failure={failure} />
      <div>
        <Button isWide isBusy={isBusy} onClick={() => void press()}>
          {t('passkey.prove')}
        </Button>
      </div>
    </>
  )
}

function ByTotp({ problems }: { problems: Problems }) {
  const { t } = useTranslation()
  const { isBusy, send } = useSending(problems)
  const read = useDigits()
  const submit = (form: FormData) => {
    const { digits, problem } = read(textOf(form, 'code'))
    if (digits === null) problems.show([{ fieldId: 'code', text: problem }])
    else void send({ kind: 'TOTP', code: digits })
  }
  return (
    <StepForm isBusy={isBusy} onSubmit={submit} submitLabel={t('form.goOn')}>
      <CodeField
        label={t('secondFactor.code')}
        hint={t('secondFactor.codeHint')}
        error={problems.of('code')}
      />
    </StepForm>
  )
}

function ByRecoveryCode({ problems }: { problems: Problems }) {
  const { t } = useTranslation()
  const { isBusy, send } = useSending(problems)
  const submit = (form: FormData) => {
    const code = textOf(form, 'recoveryCode').trim()
    if (code.length < SHORTEST_CODE) {
      problems.show([{ fieldId: 'recoveryCode', text: t('secondFactor.recoveryMissing') }])
    } else void send({ kind: 'RECOVERY_CODE', code })
  }
  return (
    <StepForm isBusy={isBusy} onSubmit={submit} submitLabel={t('form.goOn')}>
      <TextField
        label={t('secondFactor.recoveryCode')}
        hint={t('secondFactor.recoveryHint')}
        name="recoveryCode"
        fieldId="recoveryCode"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        error={problems.of('recoveryCode')}
      />
    </StepForm>
  )
}

/** The server takes no shorter code. */
const SHORTEST_CODE = 6

type Sent = { readonly kind: 'TOTP' | 'RECOVERY_CODE'; readonly code: string }

function useSending(problems: Problems) {
  const { call, enter } = useSession()
  const waitWords = useWaitWords()
  const [isBusy, setIsBusy] = useState(false)
  const send = async (body: Sent) => {
    setIsBusy(true)
    const result = await call('secondFactor', { body })
    setIsBusy(false)
    if (result.ok) {
      enter(result.data)
      return
    }
    const fieldId = body.kind === 'TOTP' ? 'code' : 'recoveryCode'
    const waiting = waitWords(result)
    if (waiting === null) problems.showFailure(result.code, fieldId)
    else problems.show([{ fieldId: null, text: waiting }])
  }
  return { isBusy, send }
}
