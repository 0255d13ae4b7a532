import { FailureNotice, Notice, Progress, TextField, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { BirthDateField } from '../../forms/BirthDateField.tsx'
import { typedDate } from '../../forms/birth-date.ts'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { textOf } from '../../forms/form-text.ts'
import { NameFields, useNameFields } from '../../forms/NameFields.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useBirthDate } from '../../forms/use-birth-date.ts'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import type { AskProps } from './PeoplePages.tsx'
import { KINDS, REQUEST_STEPS, stepAfter, stepBefore } from './request.ts'
import type { RequestStep } from './request.ts'

const placeOf = (step: RequestStep) => ({
  back: stepBefore(step),
  step: { at: REQUEST_STEPS.indexOf(step) + 1, of: REQUEST_STEPS.length },
})

/** Step 1: the facility, by name. */
export function FacilityStep({ request, answer }: AskProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const list = useResource(useCallback(() => call('facilities', {}), [call]))
  const choose = (facilityId: string) => {
    void navigate(stepAfter('facility', answer({ facilityId })))
  }
  return (
    <StepPage title={t('people.facilityTitle')} {...placeOf('facility')}>
      {list.phase === 'loading' && <Progress />}
      {list.phase === 'failed' && <FailureNotice code={list.code} onRetry={list.reload} />}
      {list.phase === 'ready' && (
        <ChoiceList
          chosen={request.facilityId || null}
          onChoose={choose}
          choices={list.data.facilities.map(({ facilityId, name }) => ({
            value: facilityId,
            title: name,
          }))}
        />
      )}
    </StepPage>
  )
}

/** Step 2: the number that the facility gives everybody. */
export function NumberStep({ request, answer }: AskProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problems = useProblems()
  const submit = (form: FormData) => {
    const inmateNumber = textOf(form, 'inmateNumber').trim()
    if (inmateNumber === '') {
      problems.show([{ fieldId: 'inmateNumber', text: t('people.numberMissing') }])
      return
    }
    void navigate(stepAfter('number', answer({ inmateNumber })))
  }
  return (
    <StepPage title={t('people.numberTitle')} problems={problems} {...placeOf('number')}>
      <StepForm onSubmit={submit}>
        <TextField
          label={t('people.number')}
          hint={t('people.numberHint')}
          name="inmateNumber"
          fieldId="inmateNumber"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          defaultValue={request.inmateNumber}
          error={problems.of('inmateNumber')}
        />
      </StepForm>
    </StepPage>
  )
}

/** Step 3: the name of the person to meet. */
export function NameStep({ request, answer }: AskProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problems = useProblems()
  const readName = useNameFields()
  const submit = (form: FormData) => {
    const { name, found } = readName(form)
    if (found.length > 0) {
      problems.show(found)
      return
    }
    void navigate(stepAfter('name', answer(name)))
  }
  return (
    <StepPage title={t('people.nameTitle')} problems={problems} {...placeOf('name')}>
      <StepForm onSubmit={submit}>
        <NameFields value={request} problems={problems} />
      </StepForm>
    </StepPage>
  )
}

/** Step 4: that person's birth date, which tells two of one name apart. */
export function BirthDateStep({ request, answer }: AskProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problems = useProblems()
  const read = useBirthDate('birthDate')
  const submit = (form: FormData) => {
    const result = read(form)
    if ('problem' in result) {
      problems.show([result.problem])
      return
    }
    void navigate(stepAfter('birth-date', answer({ birthDate: result.date })))
  }
  return (
    <StepPage title={t('people.birthDateTitle')} problems={problems} {...placeOf('birth-date')}>
      <StepForm onSubmit={submit}>
        <BirthDateField
          legend={t('people.theirBirthDate')}
          fieldId="birthDate"
          value={typedDate(request.birthDate)}
          error={problems.of('birthDate')}
        />
      </StepForm>
    </StepPage>
  )
}

/** Step 5: what the two are to each other. */
export function RelationshipStep({ request, answer }: AskProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const choose = (value: string) => {
    const kind = KINDS.find((each) => each === value)
    if (kind) void navigate(stepAfter('relationship', answer({ kind })))
  }
  return (
    <StepPage title={t('people.kindTitle')} {...placeOf('relationship')}>
      <p>{t('people.kindIntro', { name: request.givenName })}</p>
      <ChoiceList
        chosen={request.kind || null}
        onChoose={choose}
        choices={KINDS.map((kind) => ({ value: kind, title: t(`relationshipKind.${kind}`) }))}
      />
      <Notice>{t('people.kindProfessional')}</Notice>
    </StepPage>
  )
}
