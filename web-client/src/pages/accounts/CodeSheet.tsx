import { Button, Panel } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../security/RecoveryCodes.tsx'
import { useMoment } from '../security/use-moment.ts'
import type { SetUpCode } from './account-rules.ts'

/** A one-time code and whose it is; shown this once. */
export type IssuedCode = SetUpCode & { readonly login: string }

type SheetProps = { readonly issued: IssuedCode; readonly onClose: () => void }

/** The sheet that an administrator hands to the person: what to open, the login, the code, until when. */
export function CodeSheet({ issued: { login, code, expiresAt }, onClose }: SheetProps) {
  const { t } = useTranslation()
  const moment = useMoment()
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near" role="status">
        <h2>{t('accounts.codeTitle', { login })}</h2>
        <p className="vv-code">{code}</p>
        <p>{t('accounts.codeUntil', { when: moment(expiresAt) })}</p>
        <ol className="vv-bullets">
          <li>{t('accounts.codeOpen', { address: `${window.location.origin}/sign-in/code` })}</li>
          <li>{t('accounts.codeType', { login })}</li>
          <li>{t('accounts.codeThen')}</li>
        </ol>
        <p className="vv-no-print">{t('accounts.codeOnce')}</p>
      </div>
      <div className="vv-row vv-no-print vv-below">
        <Button look="secondary" onClick={() => window.print()}>
          {t('security.print')}
        </Button>
        <CopyButton text={code} />
        <Button look="quiet" onClick={onClose}>
          {t('accounts.codeClose')}
        </Button>
      </div>
    </Panel>
  )
}
