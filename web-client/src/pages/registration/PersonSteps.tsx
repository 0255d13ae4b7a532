import { Notice, TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { BirthDateField } from '../../forms/BirthDateField.tsx'
import { typedDate } from '../../forms/birth-date.ts'
import { textOf } from '../../forms/form-text.ts'
import { NameFields, useNameFields } from '../../forms/NameFields.tsx'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useBirthDate } from '../../forms/use-birth-date.ts'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import type { Problems } from '../../forms/use-problems.ts'
import { REGISTRATION_STEPS, looksLikeEmail, readPhone } from './registration.ts'
import type { StepProps } from './RegistrationPages.tsx'

const OF = REGISTRATION_STEPS.length

/** Step 1: the name as it stands in the document. */
export function NameStep({ answers, answer }: StepProps) {
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
    answer(name)
    void navigate('/register/birth-date')
  }
  return (
    <StepPage
      isPublic
      title={t('registration.nameTitle')}
      back="/sign-in"
      backLabel={t('registration.backToSignIn')}
      step={{ at: 1, of: OF }}
      problems={problems}
    >
      <p>{t('registration.nameIntro')}</p>
      <StepForm onSubmit={submit}>
        <NameFields value={answers} problems={problems} isOwn />
      </StepForm>
      <p>
        <Link to="/sign-in">{t('registration.haveAccount')}</Link>
      </p>
    </StepPage>
  )
}

/** Step 2: the birth date. */
export function BirthDateStep({ answers, answer }: StepProps) {
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
    answer({ birthDate: result.date })
    void navigate('/register/contact')
  }
  return (
    <StepPage
      isPublic
      title={t('registration.birthDateTitle')}
      back="/register/name"
      step={{ at: 2, of: OF }}
      problems={problems}
    >
      <StepForm onSubmit={submit}>
        <BirthDateField
          legend={t('form.birthDate')}
          fieldId="birthDate"
          value={typedDate(answers.birthDate)}
          error={problems.of('birthDate')}
          isOwn
        />
      </StepForm>
    </StepPage>
  )
}

/** Step 3: how we reach the person. */
export function ContactStep({ answers, answer }: StepProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problems = useProblems()
  const submit = (form: FormData) => {
    const email = textOf(form, 'email').trim()
    const phone = readPhone(textOf(form, 'phone'))
    const found = [
      ...problemIf(!looksLikeEmail(email), 'email', t('registration.emailWrong')),
      ...problemIf(phone === null, 'phone', t('form.phoneWrong')),
    ]
    if (found.length > 0) {
      problems.show(found)
      return
    }
    answer({ email, phone: phone ?? '' })
    void navigate('/register/password')
  }
  return (
    <StepPage
      isPublic
      title={t('registration.contactTitle')}
      back="/register/birth-date"
      step={{ at: 3, of: OF }}
      problems={problems}
    >
      <StepForm onSubmit={submit}>
        <ContactFields answers={answers} problems={problems} />
      </StepForm>
    </StepPage>
  )
}

function ContactFields({ answers, problems }: Pick<StepProps, 'answers'> & { problems: Problems }) {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('registration.email')}
        hint={t('registration.emailHint')}
        name="email"
        fieldId="email"
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={answers.email}
        error={problems.of('email')}
      />
      <TextField
        label={t('form.phone')}
        hint={t('form.phoneHint')}
        name="phone"
        fieldId="phone"
        type="tel"
        autoComplete="tel"
        defaultValue={answers.phone}
        error={problems.of('phone')}
      />
      <Notice icon="lock">{t('registration.contactWhy')}</Notice>
    </>
  )
}
