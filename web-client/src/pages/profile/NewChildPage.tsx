import { CheckBox } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { BirthDateField } from '../../forms/BirthDateField.tsx'
import { NO_DATE } from '../../forms/birth-date.ts'
import { NameFields, useNameFields } from '../../forms/NameFields.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useBirthDate } from '../../forms/use-birth-date.ts'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { profilePath } from './documents.ts'
import type { ProfileProps } from './ProfilePages.tsx'

type Identity = { givenName: string; familyName: string; birthDate: string }

/** Registers a child: who it is, and that its guardian agrees. */
export function NewChildPage({ onProfile }: Pick<ProfileProps, 'onProfile'>) {
  const { t } = useTranslation()
  const problems = useProblems()
  const readName = useNameFields()
  const readDate = useBirthDate('birthDate')
  const { isBusy, register } = useRegistering(onProfile, problems)
  const submit = (form: FormData) => {
    const { name, found } = readName(form)
    const date = readDate(form)
    const hasConsent = form.get('consent') !== null
    const missing = problemIf(!hasConsent, 'consent', t('profile.consentMissing'))
    if (found.length > 0 || 'problem' in date || missing.length > 0) {
      problems.show([...found, ...('problem' in date ? [date.problem] : []), ...missing])
      return
    }
    void register({ ...name, birthDate: date.date })
  }
  return (
    <StepPage title={t('profile.newChildTitle')} back="/profile/children" problems={problems}>
      <StepForm onSubmit={submit} isBusy={isBusy} submitLabel={t('profile.registerChild')}>
        <NameFields value={{ givenName: '', familyName: '' }} problems={problems} />
        <BirthDateField
          legend={t('form.childBirthDate')}
          fieldId="birthDate"
          value={NO_DATE}
          error={problems.of('birthDate')}
        />
        <Consent error={problems.of('consent')} />
      </StepForm>
    </StepPage>
  )
}

function Consent({ error }: { error: string | null }) {
  const { t } = useTranslation()
  return (
    <div className={error === null ? 'vv-field' : 'vv-field vv-field--error'}>
      {error !== null && (
        <p id="consent-error" className="govuk-error-message">
          <span className="govuk-visually-hidden">{t('common.errorPrefix')}</span> {error}
        </p>
      )}
      <CheckBox
        id="consent"
        name="consent"
        aria-describedby={error === null ? undefined : 'consent-error'}
      >
        {t('profile.consent')}
      </CheckBox>
    </div>
  )
}

function useRegistering(
  onProfile: ProfileProps['onProfile'],
  problems: ReturnType<typeof useProblems>,
) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const [key] = useState(() => crypto.randomUUID())
  const [isBusy, setIsBusy] = useState(false)
  const register = async (identity: Identity) => {
    setIsBusy(true)
    const body = { ...identity, hasConsent: true } as const
    const result = await call('registerChild', { body, key: `${key}${identity.birthDate}` })
    setIsBusy(false)
    if (!result.ok) {
      const isDate = result.fields?.some(({ field }) => field === 'birthDate') ?? false
      if (isDate) problems.show([{ fieldId: 'birthDate', text: t('profile.notAChild') }])
      else problems.showFailure(result.code)
      return
    }
    onProfile(result.data)
    await navigate(profilePath(result.data))
  }
  return { isBusy, register }
}
