import { FailureNotice, Notice } from '@visavis/ui'
import { browserKindOf } from '@visavis/ui/visit/browser-kind.ts'
import { useTranslation } from 'react-i18next'
import type { PasskeyFailure } from './use-passkey-sign-in.ts'

/** Why a passkey did not do it, and what else there is. Says nothing where the page itself took its question back. */
export function PasskeyTroubleNotice({ failure }: { failure: PasskeyFailure | null }) {
  const { t } = useTranslation()
  if (failure === null) return null
  if (failure.from === 'server') return <FailureNotice code={failure.code} />
  const { trouble } = failure
  if (trouble === 'TAKEN_BACK') return null
  return (
    <Notice tone="warn" live="alert" title={t(`passkey.trouble.${trouble}.what`)}>
      <p>{t(`passkey.trouble.${trouble}.cure`)}</p>
      {trouble === 'NOT_CHOSEN' && <WhereItAsks />}
    </Notice>
  )
}

/** Browsers ask in different places, and keep passkeys in different ones. */
function WhereItAsks() {
  const { t } = useTranslation()
  const kind = browserKindOf(navigator.userAgent, navigator.maxTouchPoints)
  return <p>{t(`passkey.where.${kind}`)}</p>
}
