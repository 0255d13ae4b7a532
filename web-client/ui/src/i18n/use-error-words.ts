import type { ErrorCode } from '@visavis/contract/errors'
import { useTranslation } from 'react-i18next'

/** A code from the error table, or the one fault that only the browser can know of. */
export type FailureCode = ErrorCode | 'UNREACHABLE'

/** What happened and what to do, in the page's language. */
export type ErrorWords = { readonly happened: string; readonly cure: string }

/** Gives the words of a code; a code newer than this page gets the words of INTERNAL. */
export function useErrorWords(): (code: FailureCode) => ErrorWords {
  const { t, i18n } = useTranslation()
  return (code) => {
    const known = i18n.exists(`errors.${code}.happened`) ? code : 'INTERNAL'
    return { happened: t(`errors.${known}.happened`), cure: t(`errors.${known}.cure`) }
  }
}
