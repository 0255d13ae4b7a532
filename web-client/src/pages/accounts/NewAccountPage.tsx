import { Button, ErrorSummary, TextField, ownNameOf, useLanguage } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { CallInput } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import type { Problems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { PickField } from '../office/parts/Fields.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { CodeSheet } from './CodeSheet.tsx'
import type { IssuedCode } from './CodeSheet.tsx'

type Body = CallInput<'createStaffAccount'>['body']
type StaffRole = Body['role']

const ROLES: readonly StaffRole[] = [
  'officer',
  'scheduler',
  'facilityAdmin',
  'investigator',
  'auditor',
]
/** The server takes no shorter login. */
const SHORTEST_LOGIN = 3

/** A new member of staff: an account, and the code with which they set it up themselves. */
export function NewAccountPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [issued, issue] = useState<IssuedCode | null>(null)
  if (issued !== null) {
    return (
      <OfficeFrame title={t('accounts.madeTitle')}>
        <CodeSheet issued={issued} onClose={() => void navigate('/office/accounts')} />
      </OfficeFrame>
    )
  }
  return (
    <OfficeFrame title={t('accounts.new')} back="/office/accounts">
      <NewAccountForm onMade={issue} />
    </OfficeFrame>
  )
}

function NewAccountForm({ onMade }: { onMade: (issued: IssuedCode) => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const problems = useProblems()
  const read = useReading()
  const [role, setRole] = useState<StaffRole>('officer')
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const { body, wrong } = read(new FormData(event.currentTarget), role)
    if (wrong.length > 0) {
      problems.show(wrong)
      return
    }
    setIsBusy(true)
    const result = await call('createStaffAccount', { body })
    setIsBusy(false)
    if (result.ok) onMade({ login: result.data.account.login, ...result.data.setUpCode })
    else problems.showFailure(result.code, 'login')
  }
  return (
    <form className="vv-stack vv-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <PickField
        fieldId="role"
        name="role"
        label={t('accounts.roleLabel')}
        first={role}
        options={ROLES.map((value) => ({ value, label: t(`accounts.role.${value}`) }))}
        onPick={(value) => setRole(ROLES.find((each) => each === value) ?? 'officer')}
      />
      {role === 'officer' && <Names problems={problems} />}
      <LoginField problems={problems} />
      <LanguagePick />
      <div>
        <Button type="submit" isBusy={isBusy}>
          {t('accounts.make')}
        </Button>
      </div>
    </form>
  )
}

function LoginField({ problems }: { problems: Problems }) {
  const { t } = useTranslation()
  return (
    <TextField
      label={t('accounts.login')}
      hint={t('accounts.loginHint')}
      name="login"
      fieldId="login"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      error={problems.of('login')}
    />
  )
}

function Names({ problems }: { problems: Problems }) {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('form.givenName')}
        name="givenName"
        fieldId="givenName"
        autoComplete="off"
        maxLength={100}
        error={problems.of('givenName')}
      />
      <TextField
        label={t('form.familyName')}
        name="familyName"
        fieldId="familyName"
        autoComplete="off"
        maxLength={100}
        error={problems.of('familyName')}
      />
    </>
  )
}

function LanguagePick() {
  const { t } = useTranslation()
  const { language, languages } = useLanguage()
  return (
    <PickField
      fieldId="language"
      name="language"
      label={t('accounts.language')}
      first={language}
      options={languages.map((value) => ({ value, label: ownNameOf(value) }))}
    />
  )
}

function useReading() {
  const { t } = useTranslation()
  return (form: FormData, role: StaffRole) => {
    const login = textOf(form, 'login').trim()
    const names = {
      givenName: textOf(form, 'givenName').trim(),
      familyName: textOf(form, 'familyName').trim(),
    }
    const hasName = role === 'officer'
    const wrong = [
      ...problemIf(hasName && names.givenName === '', 'givenName', t('form.givenNameMissing')),
      ...problemIf(hasName && names.familyName === '', 'familyName', t('form.familyNameMissing')),
      ...problemIf(login.length < SHORTEST_LOGIN, 'login', t('accounts.loginMissing')),
    ]
    const body: Body = {
      ...{ login, role, language: textOf(form, 'language') },
      ...(hasName ? names : {}),
    }
    return { body, wrong }
  }
}
