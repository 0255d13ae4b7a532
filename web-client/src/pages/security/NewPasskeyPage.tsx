import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import { useSession } from '../../session/session.ts'
import { PasskeyForm } from './PasskeyForm.tsx'
import type { SecurityState } from './SecurityPage.tsx'

/** One more passkey for the own account. */
export function NewPasskeyPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { enter } = useSession()
  const navigate = useNavigate()
  return (
    <StepPage title={t('security.addPasskey')} back="/security">
      <PasskeyForm
        onDone={({ me }) => {
          enter(me)
          onDone()
          void navigate('/security', {
            state: { done: 'security.passkeyAdded' } satisfies SecurityState,
          })
        }}
      />
    </StepPage>
  )
}
