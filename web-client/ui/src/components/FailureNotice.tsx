import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { troubleCodeOf } from '../api/troubles.ts'
import { useErrorWords } from '../i18n/use-error-words.ts'
import type { FailureCode } from '../i18n/use-error-words.ts'
import { Button } from './Button.tsx'
import { Notice } from './Notice.tsx'

type FailureNoticeProps = {
  readonly code: FailureCode
  readonly onRetry?: () => void
  readonly children?: ReactNode
}

/** What went wrong by its code, what to do, and a way to try again where that can help. */
export function FailureNotice({ code, onRetry, children }: FailureNoticeProps) {
  const { t } = useTranslation()
  const { happened, cure } = useErrorWords()(code)
  const trouble = troubleCodeOf(code)
  useRetryOnline(code === 'UNREACHABLE' ? onRetry : undefined)
  return (
    <Notice tone="bad" title={happened} live="alert">
      <p>{cure}</p>
      {trouble !== null && <p>{t('common.troubleCode', { code: trouble })}</p>}
      {onRetry && (
        <Button look="secondary" onClick={onRetry}>
          {t('common.tryAgain')}
        </Button>
      )}
      {children}
    </Notice>
  )
}

/** A page that only lacked the network goes on by itself when it is back, as the banner promises. */
function useRetryOnline(retry: (() => void) | undefined): void {
  useEffect(() => {
    if (!retry) return undefined
    window.addEventListener('online', retry)
    return () => window.removeEventListener('online', retry)
  }, [retry])
}
