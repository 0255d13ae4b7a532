import { Button, ConfirmDialog, FailureNotice, Panel } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import type { Contact } from '../../flow/screens.ts'
import { useAct } from './use-desk.ts'

type AgreedProps = { readonly contacts: readonly Contact[]; readonly onDone: () => void }

/** Whom one has agreed to meet, each with the way to take that back (EL-1). */
export function AgreedPeople({ contacts, onDone }: AgreedProps) {
  const { t } = useTranslation()
  const [ending, end] = useState<Contact | null>(null)
  if (contacts.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('desk.agreed')}</h2>
      <ul className="vv-list">
        {contacts.map((contact) => (
          <li key={contact.relationshipId}>
            <Panel as="article">
              <div className="vv-visit-line">
                <div className="vv-stack vv-stack--close">
                  <h3>{contact.displayName}</h3>
                  <p>{t(`relationshipKind.${contact.kind}`)}</p>
                </div>
                <Button
                  look="secondary"
                  aria-label={t('desk.endLabel', { name: contact.displayName })}
                  onClick={() => end(contact)}
                >
                  {t('desk.end')}
                </Button>
              </div>
            </Panel>
          </li>
        ))}
      </ul>
      {ending !== null && (
        <EndDialog
          contact={ending}
          onCancel={() => end(null)}
          onDone={() => {
            end(null)
            onDone()
          }}
        />
      )}
    </section>
  )
}

type EndDialogProps = {
  readonly contact: Contact
  readonly onDone: () => void
  readonly onCancel: () => void
}

function EndDialog({ contact, onDone, onCancel }: EndDialogProps) {
  const { t } = useTranslation()
  const { isBusy, failure, run } = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const { relationshipId, displayName: name } = contact
  const end = async () => {
    const done = await run(() => callApi('endContact', { params: { relationshipId }, key }))
    if (done !== null) onDone()
  }
  return (
    <ConfirmDialog
      title={t('desk.endTitle', { name })}
      confirmLabel={t('desk.endConfirm')}
      confirmLook="danger"
      isBusy={isBusy}
      onConfirm={() => void end()}
      onCancel={onCancel}
    >
      <p>{t('desk.endBody', { name })}</p>
      {failure !== null && <FailureNotice code={failure} />}
    </ConfirmDialog>
  )
}
