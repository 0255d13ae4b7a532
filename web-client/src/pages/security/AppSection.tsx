import { Button, ConfirmDialog, FailureNotice, Panel, Tag, buttonClass } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import type { SecurityPart } from './SecurityPage.tsx'
import { useMoment } from './use-moment.ts'

/** The second factor: codes of an app, and codes on paper for the day on which the app is lost. */
export function AppSection(part: SecurityPart) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { totpAddedAt } = part.security
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('security.app')}</h2>
        {totpAddedAt === null ? (
          <>
            <p>{t('security.appOff')}</p>
            <div>
              <Link to="/security/app" className={buttonClass({ look: 'secondary' })}>
                {t('security.appSetUp')}
              </Link>
            </div>
          </>
        ) : (
          <>
            <p>
              <Tag tone="good">{t('security.on')}</Tag>{' '}
              {t('security.appSince', { when: moment(totpAddedAt) })}
            </p>
            <OnApp {...part} />
          </>
        )}
      </div>
    </Panel>
  )
}

type Dialogs = 'remove' | 'renew' | null

function OnApp({ security, onDone }: SecurityPart) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [open, setOpen] = useState<Dialogs>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const remove = async () => {
    if ((await act.run(() => call('removeTotp', {}))) === null) return
    setOpen(null)
    onDone(t('security.appRemoved'))
  }
  const renew = async () => {
    const renewed = await act.run(() => call('renewRecoveryCodes', {}))
    if (renewed === null) return
    setOpen(null)
    setCodes(renewed.recoveryCodes)
  }
  if (codes !== null) {
    return <RecoveryCodes codes={codes} onDone={() => onDone(t('security.codesRenewed'))} />
  }
  const isRemoving = open === 'remove'
  return (
    <>
      <p>{t('security.codesLeft', { count: security.recoveryCodesLeft })}</p>
      <div className="vv-row">
        <Button look="secondary" onClick={() => setOpen('renew')}>
          {t('security.renewCodes')}
        </Button>
        <Button look="quiet" onClick={() => setOpen('remove')}>
          {t('security.removeApp')}
        </Button>
      </div>
      {open !== null && (
        <ConfirmDialog
          title={t(isRemoving ? 'security.removeAppTitle' : 'security.renewTitle')}
          confirmLabel={t(isRemoving ? 'security.removeApp' : 'security.renewCodes')}
          isBusy={act.isBusy}
          onConfirm={() => void (isRemoving ? remove() : renew())}
          onCancel={() => setOpen(null)}
        >
          <p>{t(isRemoving ? 'security.removeAppBody' : 'security.renewBody')}</p>
          {act.failure && <FailureNotice code={act.failure.code} />}
        </ConfirmDialog>
      )}
    </>
  )
}
