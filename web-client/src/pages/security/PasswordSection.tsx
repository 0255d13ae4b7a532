import { Panel, Tag, buttonClass } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Security } from './SecurityPages.tsx'
import { useMoment } from './use-moment.ts'

type Props = { readonly security: Security }

/** Since when there is a password, and the way to another one. */
export function PasswordSection({ security: { hasPassword, passwordChangedAt, rule } }: Props) {
  const { t } = useTranslation()
  const moment = useMoment()
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('security.password')}</h2>
        <p>
          {!hasPassword && t('security.noPassword')}
          {hasPassword && passwordChangedAt === null && t('security.hasPassword')}
          {passwordChangedAt !== null &&
            t('security.passwordChanged', { when: moment(passwordChangedAt) })}
        </p>
        {rule.needsPasskey && <p className="vv-soft">{t('security.passwordStaff')}</p>}
        <div>
          <Link to="/security/password" className={buttonClass({ look: 'secondary' })}>
            {t(hasPassword ? 'security.changePassword' : 'security.setPassword')}
          </Link>
        </div>
      </div>
    </Panel>
  )
}

/** Where mails go, and whether they were seen to arrive there. */
export function EmailSection({ security: { email, emailProvedAt } }: Props) {
  const { t } = useTranslation()
  const isProved = emailProvedAt !== null
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('security.email')}</h2>
        <p>
          {email}{' '}
          <Tag tone={isProved ? 'good' : 'warn'}>
            {t(isProved ? 'security.emailProved' : 'security.emailNotProved')}
          </Tag>
        </p>
        <div>
          <Link to="/security/email" className={buttonClass({ look: 'secondary' })}>
            {t(isProved ? 'security.changeEmail' : 'security.proveEmail')}
          </Link>
        </div>
      </div>
    </Panel>
  )
}
