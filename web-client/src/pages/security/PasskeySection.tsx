import {
  Button,
  ConfirmDialog,
  FailureNotice,
  Panel,
  Tag,
  TextField,
  buttonClass,
} from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textOf } from '../../forms/form-text.ts'
import { problemIf } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { FormDialog } from '../office/parts/FormDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'
import type { SecurityPart } from './SecurityPage.tsx'
import type { Security } from './SecurityPages.tsx'
import { useMoment } from './use-moment.ts'

type Passkey = Security['passkeys'][number]
type Open = { readonly what: 'rename' | 'remove'; readonly passkey: Passkey }

/** The devices that one signs in with. */
export function PasskeySection({ security, onDone }: SecurityPart) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const done = (words: string) => {
    close()
    onDone(words)
  }
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('security.passkeys')}</h2>
        <p>{t(security.rule.needsPasskey ? 'security.passkeysStaff' : 'security.passkeysBody')}</p>
        {security.passkeys.length > 0 && (
          <ul className="vv-plain-list vv-keyring">
            {security.passkeys.map((passkey) => (
              <PasskeyRow key={passkey.passkeyId} passkey={passkey} onOpen={setOpen} />
            ))}
          </ul>
        )}
        <div>
          <Link to="/security/passkey" className={buttonClass({ look: 'secondary' })}>
            {t('security.addPasskey')}
          </Link>
        </div>
      </div>
      {open?.what === 'rename' && <Rename passkey={open.passkey} onDone={done} onClose={close} />}
      {open?.what === 'remove' && <Remove passkey={open.passkey} onDone={done} onClose={close} />}
    </Panel>
  )
}

type RowProps = { readonly passkey: Passkey; readonly onOpen: (open: Open) => void }

function PasskeyRow({ passkey, onOpen }: RowProps) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { name, createdAt, lastUsedAt, isBackedUp } = passkey
  return (
    <li>
      <div>
        <strong>{name}</strong> {isBackedUp && <Tag>{t('security.backedUp')}</Tag>}
        <p className="vv-soft">
          {t('security.added', { when: moment(createdAt) })}
          {' · '}
          {lastUsedAt === null
            ? t('security.neverUsed')
            : t('security.lastUsed', { when: moment(lastUsedAt) })}
        </p>
      </div>
      <div className="vv-row">
        <Button
          look="quiet"
          aria-label={t('security.renameOf', { name })}
          onClick={() => onOpen({ what: 'rename', passkey })}
        >
          {t('security.rename')}
        </Button>
        <Button
          look="quiet"
          aria-label={t('security.removeOf', { name })}
          onClick={() => onOpen({ what: 'remove', passkey })}
        >
          {t('security.remove')}
        </Button>
      </div>
    </li>
  )
}

type DialogProps = {
  readonly passkey: Passkey
  readonly onDone: (words: string) => void
  readonly onClose: () => void
}

function Rename({ passkey: { passkeyId, name }, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const nameIn = (form: FormData) => textOf(form, 'name').trim()
  const save = async (form: FormData) => {
    const body = { name: nameIn(form) }
    const saved = await act.run(() => call('renamePasskey', { params: { passkeyId }, body }))
    if (saved !== null) onDone(t('security.renamed', { name: saved.name }))
  }
  return (
    <FormDialog
      title={t('security.renameOf', { name })}
      submitLabel={t('security.save')}
      act={act}
      check={(form) => problemIf(nameIn(form) === '', 'passkey-name', t('security.nameMissing'))}
      onSubmit={(form) => void save(form)}
      onClose={onClose}
    >
      {(errorOf) => (
        <TextField
          label={t('passkey.name')}
          name="name"
          fieldId="passkey-name"
          autoComplete="off"
          maxLength={60}
          defaultValue={name}
          error={errorOf('passkey-name')}
        />
      )}
    </FormDialog>
  )
}

function Remove({ passkey: { passkeyId, name }, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const remove = async () => {
    const removed = await act.run(() => call('removePasskey', { params: { passkeyId } }))
    if (removed !== null) onDone(t('security.passkeyRemoved', { name }))
  }
  return (
    <ConfirmDialog
      title={t('security.removeTitle', { name })}
      confirmLabel={t('security.remove')}
      isBusy={act.isBusy}
      onConfirm={() => void remove()}
      onCancel={onClose}
    >
      <p>{t('security.removeBody')}</p>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </ConfirmDialog>
  )
}
