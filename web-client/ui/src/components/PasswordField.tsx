import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { TextField } from './TextField.tsx'
import type { TextFieldProps } from './TextField.tsx'

/** A password that can be looked at while it is typed, and pasted. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'action'>) {
  const { t } = useTranslation()
  const [isShown, setIsShown] = useState(false)
  const toggle = (
    <Button
      look="secondary"
      aria-label={t(isShown ? 'common.hidePasswordLabel' : 'common.showPasswordLabel')}
      onClick={() => setIsShown(!isShown)}
    >
      {t(isShown ? 'common.hidePassword' : 'common.showPassword')}
    </Button>
  )
  return (
    <TextField
      autoComplete="current-password"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
      type={isShown ? 'text' : 'password'}
      action={toggle}
    />
  )
}
