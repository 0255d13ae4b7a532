import { TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

type CodeFieldProps = {
  readonly label: string
  readonly hint?: string
  readonly error: string | null
  readonly fieldId?: string
}

/** Six digits of an app or a mail; a phone offers them by itself. */
export function CodeField({ fieldId = 'code', ...words }: CodeFieldProps) {
  return (
    <TextField
      {...words}
      name="code"
      fieldId={fieldId}
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      maxLength={MOST}
    />
  )
}

/** Six digits and the spaces that people put between them. */
const MOST = 11

/** The digits of what was typed, without the spaces that people put between them; null: they are not six. */
export function readDigits(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

/** What is wrong with a typed code, before it is sent. */
export function useDigits(): (typed: string) => { digits: string | null; problem: string } {
  const { t } = useTranslation()
  return (typed) => ({ digits: readDigits(typed), problem: t('code.wrong') })
}
