import type { DisableReason } from '@visavis/contract/terminal-health'
import { FailureNotice, RadioGroup } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import { DeedDialog } from './DeedDialog.tsx'
import { ForgivePins, RevokeKey } from './KeyActions.tsx'
import { Small } from './Small.tsx'
import type { Issued } from './TerminalTable.tsx'
import { DISABLE_REASON_LIST } from './terminal-rules.ts'
import type { Terminal } from './terminal-rules.ts'

type ActionsProps = {
  readonly terminal: Terminal
  readonly onCode: (issued: Issued) => void
  readonly onChanged: () => void
}

/** What an administrator does to a terminal from afar. */
export function TerminalActions({ terminal, onCode, onChanged }: ActionsProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [open, setOpen] = useState<'restart' | 'disable' | null>(null)
  const act = useAct()
  const params = { terminalId: terminal.terminalId }
  const { name } = terminal
  const done = () => {
    setOpen(null)
    onChanged()
  }
  const enable = async () => {
    if ((await act.run(() => call('enableTerminal', { params }))) !== null) onChanged()
  }
  const makeCode = async () =>
    onCode({ terminal, result: await call('issueEnrolmentCode', { params }) })
  return (
    <div className="vv-row">
      {terminal.isEnrolled && terminal.disabled === null && (
        <Small label={t('terminalCare.restartLabel', { name })} onClick={() => setOpen('restart')}>
          {t('terminalCare.restart')}
        </Small>
      )}
      {terminal.disabled === null ? (
        <Small label={t('terminalCare.disableLabel', { name })} onClick={() => setOpen('disable')}>
          {t('terminalCare.disable')}
        </Small>
      ) : (
        <Small label={t('terminalCare.enableLabel', { name })} onClick={() => void enable()}>
          {t('terminalCare.enable')}
        </Small>
      )}
      {terminal.disabled === null && (
        <Small label={t('terminals.makeCodeLabel', { name })} onClick={() => void makeCode()}>
          {t('terminals.makeCode')}
        </Small>
      )}
      <ForgivePins terminal={terminal} />
      <RevokeKey terminal={terminal} onChanged={onChanged} />
      {act.failure && <FailureNotice code={act.failure.code} />}
      {open === 'restart' && (
        <RestartDialog terminal={terminal} onDone={done} onClose={() => setOpen(null)} />
      )}
      {open === 'disable' && (
        <DisableDialog terminal={terminal} onDone={done} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}

type DialogProps = {
  readonly terminal: Terminal
  readonly onDone: () => void
  readonly onClose: () => void
}

function RestartDialog({ terminal, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isForced, setForced] = useState(false)
  const params = { terminalId: terminal.terminalId }
  return (
    <DeedDialog
      title={t('terminalCare.restartTitle', { name: terminal.name })}
      confirmLabel={t('terminalCare.restart')}
      work={() => call('restartTerminal', { params, body: { isForced } })}
      onDone={onDone}
      onClose={onClose}
    >
      <When isForced={isForced} onChoose={setForced} />
    </DeedDialog>
  )
}

function DisableDialog({ terminal, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isForced, setForced] = useState(false)
  const [reason, setReason] = useState<DisableReason>('REPAIR')
  const params = { terminalId: terminal.terminalId }
  return (
    <DeedDialog
      title={t('terminalCare.disableTitle', { name: terminal.name })}
      confirmLabel={t('terminalCare.disable')}
      work={() => call('disableTerminal', { params, body: { reason, isForced } })}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t('terminalCare.disableBody')}</p>
      <RadioGroup
        legend={t('terminalCare.why')}
        value={reason}
        options={DISABLE_REASON_LIST.map((each) => ({
          value: each,
          label: t(`terminalCare.reasons.${each}`),
        }))}
        onChoose={(value) => setReason(value as DisableReason)}
      />
      <When isForced={isForced} onChoose={setForced} />
    </DeedDialog>
  )
}

type WhenProps = {
  readonly isForced: boolean
  readonly onChoose: (isForced: boolean) => void
}

/** Whether somebody who is at it is let finish. */
function When({ isForced, onChoose }: WhenProps) {
  const { t } = useTranslation()
  return (
    <RadioGroup
      legend={t('terminalCare.when')}
      value={isForced ? 'FORCED' : 'IDLE'}
      options={[
        { value: 'IDLE', label: t('terminalCare.whenIdle') },
        { value: 'FORCED', label: t('terminalCare.whenForced') },
      ]}
      onChoose={(value) => onChoose(value === 'FORCED')}
    />
  )
}
