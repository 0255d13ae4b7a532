import { Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { BirthDateField } from '../../forms/BirthDateField.tsx'
import { typedDate } from '../../forms/birth-date.ts'
import { NameFields, useNameFields } from '../../forms/NameFields.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useBirthDate } from '../../forms/use-birth-date.ts'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { profilePath } from './documents.ts'
import type { ProfileProps } from './ProfilePages.tsx'

type Identity = { givenName: string; familyName: string; birthDate: string }

/** Puts a name or birth date right: at once, or, once it was compared with a document, by the staff. */
export function IdentityPage({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const readName = useNameFields()
  const readDate = useBirthDate('birthDate')
  const { isBusy, save } = useSaving({ profile, onProfile }, problems)
  const shown = profile.correction ?? profile
  const submit = (form: FormData) => {
    const { name, found } = readName(form)
    const date = readDate(form)
    if (found.length > 0 || 'problem' in date) {
      problems.show([...found, ...('problem' in date ? [date.problem] : [])])
      return
    }
    void save({ ...name, birthDate: date.date })
  }
  return (
    <StepPage title={t('profile.identityTitle')} back={profilePath(profile)} problems={problems}>
      {profile.verification === 'VERIFIED' && (
        <Notice title={t('profile.identityByStaff')}>{t('profile.identityProof')}</Notice>
      )}
      <StepForm onSubmit={submit} isBusy={isBusy} submitLabel={t('profile.identitySend')}>
        <NameFields value={shown} problems={problems} isOwn={profile.guardian === null} />
        <BirthDateField
          legend={t(profile.guardian === null ? 'form.birthDate' : 'form.childBirthDate')}
          fieldId="birthDate"
          value={typedDate(shown.birthDate)}
          error={problems.of('birthDate')}
          isOwn={profile.guardian === null}
        />
      </StepForm>
    </StepPage>
  )
}

function useSaving({ profile, onProfile }: ProfileProps, problems: ReturnType<typeof useProblems>) {
  const { call } = useSession()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const { version, guardian, visitorId } = profile
  const save = async (identity: Identity) => {
    setIsBusy(true)
    const whose = guardian === null ? {} : { childId: visitorId }
    const result = await call('correctIdentity', { body: { version, ...identity, ...whose } })
    setIsBusy(false)
    if (!result.ok) {
      problems.showFailure(result.code)
      return
    }
    onProfile(result.data)
    await navigate(profilePath(result.data))
  }
  return { isBusy, save }
}
