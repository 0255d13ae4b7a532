import { Notice, TextField, buttonClass, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { Done } from '../office/parts/Done.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useMoment } from '../security/use-moment.ts'
import { AccountCard } from './AccountCard.tsx'
import { matching } from './account-rules.ts'
import { CodeSheet } from './CodeSheet.tsx'
import type { IssuedCode } from './CodeSheet.tsx'

/** The accounts of the facility's staff: who has one, how it stands, and what its administrator can do. */
export function AccountsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('staffAccounts', {}), [call]))
  const [told, tell] = useState<string | null>(null)
  const [issued, issue] = useState<IssuedCode | null>(null)
  return (
    <OfficeFrame title={t('accounts.title')}>
      <p className="vv-no-print">{t('accounts.intro')}</p>
      <p className="vv-no-print">
        <Link to="/office/accounts/new" className={buttonClass()}>
          {t('accounts.new')}
        </Link>
      </p>
      <Done words={told} />
      {issued !== null && <CodeSheet issued={issued} onClose={() => issue(null)} />}
      <Loaded from={loaded}>
        {({ accounts, breakGlass }, reload) => (
          <div className="vv-stack vv-no-print vv-below">
            <BrokenGlass entries={breakGlass} />
            <AccountList
              accounts={accounts}
              onCode={issue}
              onDone={(words) => {
                tell(words)
                reload()
              }}
            />
          </div>
        )}
      </Loaded>
    </OfficeFrame>
  )
}

/** Who came in by password and code in place of a passkey: each is to be asked why. */
function BrokenGlass({ entries }: { entries: Reply<'staffAccounts'>['breakGlass'] }) {
  const { t } = useTranslation()
  const moment = useMoment()
  if (entries.length === 0) return null
  return (
    <Notice tone="warn" title={t('accounts.breakGlass', { count: entries.length })}>
      <p>{t('accounts.breakGlassBody')}</p>
      <ul className="vv-bullets">
        {entries.map(({ authSessionId, displayName, at, endedAt }) => (
          <li key={authSessionId}>
            {t('accounts.breakGlassOf', { name: displayName, when: moment(at) })}{' '}
            {endedAt === null
              ? t('accounts.breakGlassOn')
              : t('accounts.breakGlassEnded', { when: moment(endedAt) })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type ListProps = {
  readonly accounts: Reply<'staffAccounts'>['accounts']
  readonly onCode: (issued: IssuedCode) => void
  readonly onDone: (words: string) => void
}

function AccountList({ accounts, onCode, onDone }: ListProps) {
  const { t } = useTranslation()
  const [sought, seek] = useState('')
  const found = matching(accounts, sought)
  return (
    <>
      <TextField
        type="search"
        label={t('accounts.search')}
        autoComplete="off"
        value={sought}
        onChange={({ target }) => seek(target.value)}
      />
      <p role="status" className="vv-soft">
        {t('accounts.found', { count: found.length })}
      </p>
      <ul className="vv-plain-list vv-keyring vv-keyring--wide">
        {found.map((account) => (
          <AccountCard key={account.accountId} account={account} onCode={onCode} onDone={onDone} />
        ))}
      </ul>
    </>
  )
}
