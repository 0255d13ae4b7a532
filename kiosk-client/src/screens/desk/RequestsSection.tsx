import { Button, Notice, Panel, capitalised, dayName } from '@visavis/ui'
import type { Reply } from '@visavis/ui/api/api.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalTime } from '../../flow/terminal.ts'
import { AgreedPeople } from './AgreedPeople.tsx'
import { AnswerDialog } from './AnswerDialog.tsx'
import { DeskFrame, Loaded } from './DeskFrame.tsx'
import { loadRequests, useTold } from './use-desk.ts'

export type Asking = Reply<'terminalRequests'>['requests'][number]
type Answer = { readonly request: Asking; readonly isAccepted: boolean }

/** Who asks to meet one, to be answered with yes or no (EL-1). */
export function RequestsSection({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const asked = useTold(loadRequests)
  const [asks, ask] = useState<Answer | null>(null)
  const [done, setDone] = useState<Answer | null>(null)
  const reload = () => {
    if (asked.phase !== 'loading') asked.reload()
  }
  const answered = () => {
    setDone(asks)
    ask(null)
    reload()
  }
  return (
    <DeskFrame title={t('desk.requests')} onBack={onBack}>
      <div role="status">{done !== null && <Done {...done} />}</div>
      <Loaded from={asked}>
        {({ requests, contacts }) => (
          <>
            <Requests requests={requests} onAnswer={(answer) => ask(answer)} />
            <AgreedPeople contacts={contacts} onDone={reload} />
          </>
        )}
      </Loaded>
      {asks !== null && <AnswerDialog {...asks} onDone={answered} onCancel={() => ask(null)} />}
    </DeskFrame>
  )
}

function Done({ request, isAccepted }: Answer) {
  const { t } = useTranslation()
  const name = request.displayName
  return (
    <Notice
      tone="good"
      title={isAccepted ? t('desk.saidYes', { name }) : t('desk.saidNo', { name })}
    />
  )
}

type RequestsProps = {
  readonly requests: readonly Asking[]
  readonly onAnswer: (answer: Answer) => void
}

function Requests({ requests, onAnswer }: RequestsProps) {
  const { t } = useTranslation()
  const local = useLocalTime()
  if (requests.length === 0) return <p>{t('desk.noRequests')}</p>
  return (
    <ul className="vv-list">
      {requests.map((request) => (
        <li key={request.relationshipId}>
          <Panel as="article">
            <div className="vv-stack vv-stack--near">
              <div className="vv-stack vv-stack--close">
                <h2>{t('desk.asks', { name: request.displayName })}</h2>
                <p>
                  {t('desk.relation', { kind: t(`relationshipKind.${request.kind}`) })}
                  {' · '}
                  {capitalised(dayName(request.createdAt, local), local.language)}
                </p>
              </div>
              <div className="vv-row">
                <Button
                  aria-label={t('desk.yesTo', { name: request.displayName })}
                  onClick={() => onAnswer({ request, isAccepted: true })}
                >
                  {t('desk.yes')}
                </Button>
                <Button
                  look="secondary"
                  aria-label={t('desk.noTo', { name: request.displayName })}
                  onClick={() => onAnswer({ request, isAccepted: false })}
                >
                  {t('desk.no')}
                </Button>
              </div>
            </div>
          </Panel>
        </li>
      ))}
    </ul>
  )
}
