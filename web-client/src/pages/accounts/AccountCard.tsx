import { Button, Tag, useNow } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoment } from '../security/use-moment.ts'
import { AccountDialog } from './AccountDialog.tsx'
import { deedsFor, standOf } from './account-rules.ts'
import type { AccountDeed, StaffAccount } from './account-rules.ts'
import type { IssuedCode } from './CodeSheet.tsx'

type CardProps = {
  readonly account: StaffAccount
  readonly onCode: (issued: IssuedCode) => void
  readonly onDone: (words: string) => void
}

const TONE: Readonly<Record<ReturnType<typeof standOf>, TagTone>> = {
  DISABLED: 'plain',
  RESET: 'warn',
  CODE: 'action',
  NO_PASSKEY: 'warn',
  READY: 'good',
}

/** One member of staff: who, how the account stands, and what can be done. */
export function AccountCard({ account, onCode, onDone }: CardProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<AccountDeed | null>(null)
  const { displayName: name } = account
  return (
    <li>
      <Facts account={account} />
      <div className="vv-row">
        {deedsFor(account).map((deed) => (
          <Button
            key={deed}
            look="secondary"
            isSmall
            aria-label={t('accounts.button', { deed: t(`accounts.deed.${deed}.short`), name })}
            onClick={() => setOpen(deed)}
          >
            {t(`accounts.deed.${deed}.short`)}
          </Button>
        ))}
      </div>
      {open !== null && (
        <AccountDialog
          deed={open}
          account={account}
          onClose={() => setOpen(null)}
          onDone={(code) => {
            setOpen(null)
            if (code !== null) onCode({ login: account.login, ...code })
            onDone(t(`accounts.deed.${open}.done`, { name }))
          }}
        />
      )}
    </li>
  )
}

function Facts({ account }: { account: StaffAccount }) {
  const { t } = useTranslation()
  const moment = useMoment()
  const stand = standOf(account, useNow())
  const { login, role, displayName, isMe, lastSignInAt, sessions, reset } = account
  return (
    <div>
      <strong>{displayName}</strong> {isMe && <Tag>{t('accounts.you')}</Tag>}{' '}
      <Tag tone={TONE[stand]}>{t(`accounts.stand.${stand}`)}</Tag>
      <p className="vv-soft">
        {login} · {t(`accounts.role.${role}`)}
      </p>
      <p className="vv-soft">
        {lastSignInAt === null
          ? t('accounts.neverIn')
          : t('accounts.lastIn', { when: moment(lastSignInAt) })}
        {sessions > 0 && ` · ${t('accounts.sessions', { count: sessions })}`}
      </p>
      {reset !== null && (
        <p>
          {t('accounts.resetAsked', {
            name: reset.askedBy,
            when: moment(reset.askedAt),
            reason: reset.reason,
          })}
        </p>
      )}
    </div>
  )
}
