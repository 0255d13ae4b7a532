import { SelectField, TextField, ownNameOf, ownZone, useLanguage, zoneName } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { readPhone } from '../registration/registration.ts'
import type { ProfileProps } from './ProfilePages.tsx'

/** How we reach the visitor: phone, language, and the zone that mails tell the time in. */
export function ContactPage({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const { language: reader, languages } = useLanguage()
  const [language, setLanguage] = useState(profile.language)
  const [timeZone, setTimeZone] = useState(profile.timeZone)
  const { isBusy, save } = useSaving({ profile, onProfile }, problems)
  const submit = (form: FormData) => {
    const phone = readPhone(textOf(form, 'phone'))
    if (phone === null) {
      problems.show([{ fieldId: 'phone', text: t('form.phoneWrong') }])
      return
    }
    void save({ phone: phone === '' ? null : phone, language, timeZone })
  }
  return (
    <StepPage title={t('profile.contactTitle')} back="/profile" problems={problems}>
      <StepForm onSubmit={submit} isBusy={isBusy} submitLabel={t('profile.save')}>
        <TextField
          label={t('form.phone')}
          hint={t('form.phoneHint')}
          name="phone"
          fieldId="phone"
          type="tel"
          autoComplete="tel"
          defaultValue={profile.phone ?? ''}
          error={problems.of('phone')}
        />
        <SelectField
          label={t('profile.mailLanguage')}
          value={language}
          options={languages.map((each) => ({ value: each, label: ownNameOf(each) }))}
          onChoose={setLanguage}
        />
        <SelectField
          label={t('profile.timeZone')}
          value={timeZone}
          options={zonesFor([profile.timeZone, ownZone()], reader)}
          onChoose={setTimeZone}
        />
      </StepForm>
    </StepPage>
  )
}

type Contact = { phone: string | null; language: string; timeZone: string }

function useSaving({ profile, onProfile }: ProfileProps, problems: ReturnType<typeof useProblems>) {
  const { call } = useSession()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (contact: Contact) => {
    setIsBusy(true)
    const body = { ...contact, version: profile.version }
    const result = await call('changeProfile', { body })
    setIsBusy(false)
    if (!result.ok) {
      problems.showFailure(result.code)
      return
    }
    onProfile(result.data)
    await navigate('/profile')
  }
  return { isBusy, save }
}

/**
 * The zones in use as people call them, then every other that the browser knows: to name four hundred of them
 * in words would take an old phone seconds.
 */
function zonesFor(inUse: readonly string[], language: string) {
  const now = new Date().toISOString()
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !inUse.includes(zone))
  return [
    ...[...new Set(inUse)].map((timeZone) => ({
      value: timeZone,
      label: zoneName(now, { language, timeZone }),
    })),
    ...others.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
  ]
}
