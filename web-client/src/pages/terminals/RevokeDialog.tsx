import type { RevokeReason } from '@visavis/contract/terminal-proof-shapes'
import { RadioGroup } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { DeedDialog } from './DeedDialog.tsx'
import { REVOKE_REASON_LIST } from './terminal-rules.ts'
import type { Terminal } from './terminal-rules.ts'

type RevokeProps = {
  readonly terminal: Terminal
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Ends a terminal's key; only a new code brings it back. */
export function RevokeDialog({ terminal, onDone, onClose }: RevokeProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [reason, setReason] = useState<RevokeReason>('SUSPECTED')
  const params = { terminalId: terminal.terminalId }
  return (
    <DeedDialog
      title={t('terminalCare.revokeTitle', { name: terminal.name })}
      confirmLabel={t('terminalCare.revoke')}
      work={() => call('revokeTerminalKey', { params, body: { reason } })}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t('terminalCare.revokeBody')}</p>
      <RadioGroup
        legend={t('terminalCare.why')}
        value={reason}
        options={REVOKE_REASON_LIST.map((each) => ({
          value: each,
          label: t(`terminalCare.keyEnds.${each}`),
        }))}
        onChoose={(value) => setReason(value as RevokeReason)}
      />
    </DeedDialog>
  )
}
