import { useCallback } from 'react'
import { useResource } from '@visavis/ui'
import { Navigate, Route, Routes } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { EmailPage } from './EmailPage.tsx'
import { NewPasskeyPage } from './NewPasskeyPage.tsx'
import { PasswordPage } from './PasswordPage.tsx'
import { SecurityPage } from './SecurityPage.tsx'
import { TotpPage } from './TotpPage.tsx'

export type Security = Reply<'mySecurity'>

/** Sign-in and security of the own account; for everybody who has one. */
export function SecurityPages() {
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('mySecurity', {}), [call]))
  const renew = loaded.phase === 'loading' ? () => undefined : loaded.reload
  return (
    <Routes>
      <Route index element={<SecurityPage loaded={loaded} />} />
      <Route path="passkey" element={<NewPasskeyPage onDone={renew} />} />
      <Route path="password" element={<PasswordPage onDone={renew} />} />
      <Route path="app" element={<TotpPage onDone={renew} />} />
      <Route path="email" element={<EmailPage onDone={renew} />} />
      <Route path="*" element={<Navigate to="/security" replace />} />
    </Routes>
  )
}
