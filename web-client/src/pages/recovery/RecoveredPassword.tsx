import { Notice, RadioGroup, TextField, localeOf, useLanguage } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useState } from 'react'
import type { Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput, Reply } from '../../api/api.ts'
import { CodeField, useDigits } from '../../forms/CodeField.tsx'
import { textOf } from '../../forms/form-text.ts'
import { NewPasswordField, useNewPassword } from '../../forms/NewPasswordField.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import type { Problems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import type { RecoveryStep } from './RecoveryPages.tsx'

type Found = Reply<'proveRecovery'>
type Body = CallInput<'finishRecovery'>['body']
type Kind = NonNullable<Body['proof']>['kind']
type Props = {
  readonly found: Found
  readonly of: number
  readonly go: Dispatch<RecoveryStep>
}

/** The new password; for an account with more than a password also a code of it, or the days to wait. */
export function RecoveredPassword({ found, of, go }: Props) {
  const { t } = useTranslation()
  const { call } = useSession()
  const problems = useProblems()
  const opensWords = useOpensWords()
  const [kind, setKind] = useState<Kind>('TOTP')
  const [isBusy, setIsBusy] = useState(false)
  const needsProof = found.needs === 'SECOND_PROOF'
  const read = useReading(needsProof ? kind : null)
  const submit = async (form: FormData) => {
    const { body, wrong } = read(form)
    if (wrong.length > 0) {
      problems.show(wrong)
      return
    }
    setIsBusy(true)
    const result = await call('finishRecovery', { body })
    setIsBusy(false)
    if (result.ok) go({ at: 'done' })
    else problems.show([tellFailure(result)])
  }
  const tellFailure = useFailureWords(opensWords)
  return (
    <StepPage
      isPublic
      title={t('recovery.passwordTitle')}
      step={{ at: of, of }}
      problems={problems}
    >
      {needsProof && (
        <Notice tone="warn" title={t('recovery.secondTitle')}>
          <p>{t('recovery.secondBody')}</p>
          {found.opensAt !== null && <p>{opensWords(found.opensAt)}</p>}
        </Notice>
      )}
      <StepForm
        isBusy={isBusy}
        submitLabel={t('recovery.finish')}
        onSubmit={(form) => void submit(form)}
      >
        {needsProof && <ProofFields kind={kind} onKind={setKind} problems={problems} />}
        <NewPasswordField label={t('newPassword.label')} error={problems.of('password')} />
      </StepForm>
    </StepPage>
  )
}

type ProofProps = {
  readonly kind: Kind
  readonly onKind: (kind: Kind) => void
  readonly problems: Problems
}

function ProofFields({ kind, onKind, problems }: ProofProps) {
  const { t } = useTranslation()
  const options = (['TOTP', 'RECOVERY_CODE'] as const).map((value) => ({
    value,
    label: t(`recovery.proof.${value}`),
  }))
  return (
    <>
      <RadioGroup
        legend={t('recovery.proofLegend')}
        value={kind}
        options={options}
        onChoose={(value) => onKind(value === 'TOTP' ? 'TOTP' : 'RECOVERY_CODE')}
      />
      {kind === 'TOTP' ? (
        <CodeField label={t('secondFactor.code')} error={problems.of('code')} />
      ) : (
        <TextField
          label={t('secondFactor.recoveryCode')}
          name="recoveryCode"
          fieldId="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={problems.of('code')}
        />
      )}
    </>
  )
}

/** Reads the form for a proof of that kind, or for none. */
function useReading(kind: Kind | null) {
  const { t } = useTranslation()
  const readPassword = useNewPassword()
  const readDigits = useDigits()
  return (form: FormData) => {
    const { password, problem } = readPassword(form)
    const typed = textOf(form, kind === 'TOTP' ? 'code' : 'recoveryCode').trim()
    const code = kind === 'TOTP' ? (readDigits(typed).digits ?? '') : typed
    const codeWords = t(kind === 'TOTP' ? 'code.wrong' : 'secondFactor.recoveryMissing')
    // An account may have neither at hand any more: then the waiting time is its way.
    const isWrong = kind !== null && typed !== '' && code === ''
    const wrong = [
      ...problemIf(isWrong, 'code', codeWords),
      ...problemIf(problem !== null, 'password', problem ?? ''),
    ]
    const hasProof = kind !== null && code !== ''
    const body: Body = hasProof ? { password, proof: { kind, code } } : { password }
    return { body, wrong }
  }
}

/** When an account without its second proof opens: `Saturday 28 November, 14:30`. */
function useOpensWords(): (opensAt: string) => string {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (opensAt) => {
    const format = new Intl.DateTimeFormat(localeOf(language), {
      dateStyle: 'full',
      timeStyle: 'short',
    })
    return t('recovery.opens', { when: format.format(new Date(opensAt)) })
  }
}

function useFailureWords(opensWords: (opensAt: string) => string) {
  const { t } = useTranslation()
  return (result: Extract<Result<unknown>, { ok: false }>) => {
    const { code, liftsAt } = result
    if (code === 'RECOVERY_WAITS' && liftsAt !== undefined) {
      return { fieldId: null, text: opensWords(liftsAt) }
    }
    const fieldId = code === 'CODE_REFUSED' ? 'code' : 'password'
    const words = `${t(`errors.${code}.happened`)}. ${t(`errors.${code}.cure`)}`
    return { fieldId, text: words }
  }
}
