import { RadioGroup, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import type { Profile } from './documents.ts'
import type { ProfileProps } from './ProfilePages.tsx'

type Standing = Pick<
  NonNullable<Profile['professional']>,
  'kind' | 'registerName' | 'registerNumber'
>

const LEAST_NAME = 2

/** Says that one is a lawyer or official; a person looks it up in the register. */
export function ProfessionalPage({ profile: { professional }, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const [kind, setKind] = useState<Standing['kind']>(professional?.kind ?? 'LAWYER')
  const { isBusy, send } = useSending(onProfile, problems)
  const submit = (form: FormData) => {
    const registerName = textOf(form, 'registerName').trim()
    const registerNumber = textOf(form, 'registerNumber').trim()
    const found = [
      ...problemIf(registerName.length < LEAST_NAME, 'registerName', t('profile.registerMissing')),
      ...problemIf(registerNumber === '', 'registerNumber', t('profile.registerNumberMissing')),
    ]
    if (found.length > 0) {
      problems.show(found)
      return
    }
    void send({ kind, registerName, registerNumber })
  }
  return (
    <StepPage title={t('profile.professionalTitle')} back="/profile" problems={problems}>
      <p>{t('profile.professionalIntro')}</p>
      <StepForm onSubmit={submit} isBusy={isBusy} submitLabel={t('profile.professionalSend')}>
        <RadioGroup
          legend={t('profile.professionalKind')}
          value={kind}
          options={(['LAWYER', 'OFFICIAL'] as const).map((value) => ({
            value,
            label: t(`relationshipKind.${value}`),
          }))}
          onChoose={(value) => setKind(value === 'OFFICIAL' ? 'OFFICIAL' : 'LAWYER')}
        />
        <TextField
          label={t('profile.register')}
          hint={t('profile.registerHint')}
          name="registerName"
          fieldId="registerName"
          defaultValue={professional?.registerName ?? ''}
          error={problems.of('registerName')}
        />
        <TextField
          label={t('profile.registerNumber')}
          name="registerNumber"
          fieldId="registerNumber"
          defaultValue={professional?.registerNumber ?? ''}
          error={problems.of('registerNumber')}
        />
      </StepForm>
    </StepPage>
  )
}

function useSending(
  onProfile: ProfileProps['onProfile'],
  problems: ReturnType<typeof useProblems>,
) {
  const { call } = useSession()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const send = async (body: Standing) => {
    setIsBusy(true)
    const result = await call('registerProfessional', { body })
    setIsBusy(false)
    if (!result.ok) {
      problems.showFailure(result.code)
      return
    }
    onProfile(result.data)
    await navigate('/profile')
  }
  return { isBusy, send }
}
