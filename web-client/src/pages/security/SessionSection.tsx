import { Button, ConfirmDialog, FailureNotice, Panel, Tag } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import type { SecurityPart } from './SecurityPage.tsx'
import type { Security } from './SecurityPages.tsx'
import { useMoment } from './use-moment.ts'

type SignIn = Security['sessions'][number]

/** Every browser that is signed in with this account; each can be thrown out. */
export function SessionSection({ security: { sessions }, onDone }: SecurityPart) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isAsking, setIsAsking] = useState(false)
  const endOne = async (authSessionId: string) => {
    const params = { authSessionId }
    const ended = await act.run(() => call('endMySession', { params }))
    if (ended !== null) onDone(t('security.sessionEnded'))
  }
  const endOthers = async () => {
    const ended = await act.run(() => call('endMyOtherSessions', {}))
    setIsAsking(false)
    if (ended !== null) onDone(t('security.othersEnded', { count: ended.ended }))
  }
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('security.sessions')}</h2>
        <p>{t('security.sessionsBody')}</p>
        {act.failure && <FailureNotice code={act.failure.code} />}
        <ul className="vv-plain-list vv-keyring">
          {sessions.map((signIn) => (
            <SignInRow key={signIn.authSessionId} signIn={signIn} onEnd={(id) => void endOne(id)} />
          ))}
        </ul>
        {sessions.length > 1 && (
          <div>
            <Button look="secondary" onClick={() => setIsAsking(true)}>
              {t('security.endOthers')}
            </Button>
          </div>
        )}
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t('security.endOthersTitle')}
          confirmLabel={t('security.endOthers')}
          isBusy={act.isBusy}
          onConfirm={() => void endOthers()}
          onCancel={() => setIsAsking(false)}
        >
          <p>{t('security.endOthersBody')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

type RowProps = { readonly signIn: SignIn; readonly onEnd: (authSessionId: string) => void }

function SignInRow({ signIn, onEnd }: RowProps) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { authSessionId, isThisOne, method, isBreakGlass, createdAt, lastSeenAt } = signIn
  const device = useDeviceWords()(signIn.device)
  return (
    <li>
      <div>
        <strong>{device}</strong> {isThisOne && <Tag tone="good">{t('security.thisOne')}</Tag>}{' '}
        {isBreakGlass && <Tag tone="warn">{t('security.breakGlass')}</Tag>}
        <p className="vv-soft">
          {t(`security.method.${method}`)}
          {' · '}
          {t('security.signedInAt', { when: moment(createdAt) })}
          {' · '}
          {t('security.lastSeen', { when: moment(lastSeenAt) })}
        </p>
      </div>
      {!isThisOne && (
        <Button
          look="quiet"
          aria-label={t('security.endOf', { device })}
          onClick={() => onEnd(authSessionId)}
        >
          {t('security.end')}
        </Button>
      )}
    </li>
  )
}

/** What a browser is called: `Firefox on Android`, or as much of it as is known. */
function useDeviceWords(): (device: SignIn['device']) => string {
  const { t } = useTranslation()
  return ({ browser, system }) => {
    if (browser !== null && system !== null) return t('security.device', { browser, system })
    return browser ?? system ?? t('security.unknownDevice')
  }
}
