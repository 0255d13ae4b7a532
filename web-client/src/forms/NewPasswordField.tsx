import { Button, Notice, PasswordField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lengthOf, passphraseOf } from './passphrase.ts'
import type { PasswordLength } from './passphrase.ts'

/** As the contract asks; a sentence is long enough and remembered. */
export const PASSWORD_LENGTH = 15

type NewPasswordFieldProps = { readonly label: string; readonly error: string | null }

/** A password that is chosen: how far it is, in words, and one of everyday words for whoever has no idea. */
export function NewPasswordField({ label, error }: NewPasswordFieldProps) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [suggested, setSuggested] = useState<string | null>(null)
  const suggest = () => {
    const words = passphraseOf(t('newPassword.words').split(' '))
    setSuggested(words)
    setPassword(words)
  }
  return (
    <>
      <PasswordField
        label={label}
        hint={t('newPassword.hint', { count: PASSWORD_LENGTH })}
        name="password"
        fieldId="password"
        autoComplete="new-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        error={error}
      />
      <LengthWords length={lengthOf(password, PASSWORD_LENGTH)} />
      <div>
        <Button look="quiet" onClick={suggest}>
          {t(suggested === null ? 'newPassword.suggest' : 'newPassword.suggestAnother')}
        </Button>
      </div>
      <div role="status">
        {suggested !== null && (
          <Notice title={t('newPassword.suggested')}>
            <p className="vv-suggestion">{suggested}</p>
            <p>{t('newPassword.suggestedHint')}</p>
          </Notice>
        )}
      </div>
    </>
  )
}

/** That it is long enough is said aloud; what is missing would be said at every key. */
function LengthWords({ length }: { length: PasswordLength }) {
  const { t } = useTranslation()
  const isSaid = length.state === 'ENOUGH' || length.state === 'LONG'
  return (
    <div className="vv-password-length">
      {length.state === 'SHORT' && <p>{t('newPassword.missing', { count: length.missing })}</p>}
      <p role="status">{isSaid && t(`newPassword.length.${length.state}`)}</p>
    </div>
  )
}

/** Reads the field of a form: the password, or what is wrong with it in words. */
export function useNewPassword(): (form: FormData) => { password: string; problem: string | null } {
  const { t } = useTranslation()
  return (form) => {
    const value = form.get('password')
    const password = typeof value === 'string' ? value : ''
    const isShort = lengthOf(password, PASSWORD_LENGTH)
    const isWrong = isShort.state === 'EMPTY' || isShort.state === 'SHORT'
    return {
      password,
      problem: isWrong ? t('newPassword.short', { count: PASSWORD_LENGTH }) : null,
    }
  }
}
