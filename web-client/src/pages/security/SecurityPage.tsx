import { PageHeading } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'
import { Done } from '../office/parts/Done.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { AppSection } from './AppSection.tsx'
import { LastTries } from './LastTries.tsx'
import { PasskeySection } from './PasskeySection.tsx'
import { EmailSection, PasswordSection } from './PasswordSection.tsx'
import type { Security } from './SecurityPages.tsx'
import { SessionSection } from './SessionSection.tsx'

/** What each part of the page gets. */
export type SecurityPart = {
  readonly security: Security
  /** Something was done: its words, after which everything is fetched anew. */
  readonly onDone: (words: string) => void
}

/** What was done on a page that led back here, as the key of its words. */
export type SecurityState = { readonly done: string }

/** Everything about how one signs in, and who is signed in with this account. */
export function SecurityPage({ loaded }: { loaded: Resource<Security> }) {
  const { t } = useTranslation()
  const state = useLocation().state as SecurityState | null
  const [told, tell] = useState<string | null>(null)
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('security.title')}</PageHeading>
        <Done words={told ?? (state === null ? null : t(state.done))} />
        <Loaded from={loaded}>
          {(security, reload) => {
            const onDone = (words: string) => {
              tell(words)
              reload()
            }
            return <Parts security={security} onDone={onDone} />
          }}
        </Loaded>
      </div>
    </AccountPage>
  )
}

function Parts(part: SecurityPart) {
  const { security } = part
  return (
    <>
      <PasskeySection {...part} />
      <PasswordSection security={security} />
      <AppSection {...part} />
      {security.email !== null && <EmailSection security={security} />}
      <SessionSection {...part} />
      <LastTries tries={security.lastTries} />
    </>
  )
}
