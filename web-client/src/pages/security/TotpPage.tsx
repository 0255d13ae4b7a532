import { Button, FailureNotice, Progress } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { CodeField } from '../../forms/CodeField.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useTypedCode } from '../../forms/use-typed-code.ts'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import { QrCode } from './QrCode.tsx'
import { CopyButton, RecoveryCodes } from './RecoveryCodes.tsx'
import type { SecurityState } from './SecurityPage.tsx'
import { inGroups } from './secret-text.ts'

type Secret = Reply<'beginTotp'>

/** Sets the code app up: what it is, the picture for it, a first code of it, and codes on paper. */
export function TotpPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [secret, setSecret] = useState<Secret | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const leave = () => {
    onDone()
    void navigate('/security', { state: { done: 'totp.done' } satisfies SecurityState })
  }
  if (codes !== null) {
    return (
      <StepPage title={t('totp.title')} step={{ at: 3, of: STEPS }}>
        <RecoveryCodes codes={codes} onDone={leave} />
      </StepPage>
    )
  }
  return secret === null ? (
    <Begin onSecret={setSecret} />
  ) : (
    <Confirm secret={secret} onCodes={setCodes} />
  )
}

const STEPS = 3

function Begin({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const begin = async () => {
    const secret = await act.run(() => call('beginTotp', {}))
    if (secret !== null) onSecret(secret)
  }
  return (
    <StepPage title={t('totp.title')} back="/security" step={{ at: 1, of: STEPS }}>
      <p>{t('totp.body')}</p>
      <p>{t('totp.apps')}</p>
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div>
        <Button isWide isBusy={act.isBusy} onClick={() => void begin()}>
          {t('totp.begin')}
        </Button>
      </div>
      {act.isBusy && <Progress />}
    </StepPage>
  )
}

type ConfirmProps = {
  readonly secret: Secret
  readonly onCodes: (codes: readonly string[]) => void
}

function Confirm({ secret, onCodes }: ConfirmProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { problems, isBusy, submit } = useTypedCode({
    send: (code) => call('confirmTotp', { body: { code } }),
    onTaken: ({ recoveryCodes }) => onCodes(recoveryCodes),
  })
  return (
    <StepPage title={t('totp.scanTitle')} step={{ at: 2, of: STEPS }} problems={problems}>
      <p>{t('totp.scan')}</p>
      <QrCode text={secret.uri} label={t('totp.picture')} />
      <details className="vv-details">
        <summary>{t('totp.byHand')}</summary>
        <div className="vv-stack vv-stack--near">
          <p>{t('totp.byHandBody')}</p>
          <p className="vv-suggestion">{inGroups(secret.secret)}</p>
          <div className="vv-row">
            <CopyButton text={secret.secret} />
          </div>
        </div>
      </details>
      <StepForm isBusy={isBusy} submitLabel={t('totp.confirm')} onSubmit={submit}>
        <CodeField
          label={t('totp.firstCode')}
          hint={t('secondFactor.codeHint')}
          error={problems.of('code')}
        />
      </StepForm>
    </StepPage>
  )
}
