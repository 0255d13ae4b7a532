import { Button, FailureNotice, Icon, Panel } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import type { Contact } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { DeskFrame, Loaded } from './DeskFrame.tsx'
import { loadRequests, useAct, useTold } from './use-desk.ts'

/** Whom one may ring for a visit now (BK-8). */
export function RingSection({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const asked = useTold(loadRequests)
  return (
    <DeskFrame title={t('desk.ring')} onBack={onBack}>
      <p>{t('desk.ringIntro')}</p>
      <Loaded from={asked}>{({ contacts }) => <Contacts contacts={contacts} />}</Loaded>
    </DeskFrame>
  )
}

function Contacts({ contacts }: { contacts: readonly Contact[] }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const { isBusy, failure, run } = useAct()
  const callable = contacts.filter(({ mayRing }) => mayRing)
  const ring = async (contact: Contact) => {
    const { visitorId } = contact
    const ringing = await run(() => callApi('ringVisitor', { body: { visitorId } }))
    if (ringing !== null) tell({ what: 'ringStarted', ring: { ...ringing, contact } })
  }
  if (callable.length === 0) return <p>{t('desk.nobodyToRing')}</p>
  return (
    <>
      {failure !== null && <FailureNotice code={failure} />}
      <ul className="vv-list">
        {callable.map((contact) => (
          <li key={contact.visitorId}>
            <Panel as="article">
              <div className="vv-visit-line">
                <div className="vv-stack vv-stack--close">
                  <h2>{contact.displayName}</h2>
                  <p>{t(`relationshipKind.${contact.kind}`)}</p>
                </div>
                <Button
                  isBusy={isBusy}
                  aria-label={t('desk.ringLabel', { name: contact.displayName })}
                  onClick={() => void ring(contact)}
                >
                  <Icon name="camera" /> {t('desk.ringNow')}
                </Button>
              </div>
            </Panel>
          </li>
        ))}
      </ul>
    </>
  )
}
