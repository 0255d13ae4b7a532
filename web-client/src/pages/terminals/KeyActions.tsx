import { FailureNotice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import { RevokeDialog } from './RevokeDialog.tsx'
import { Small } from './Small.tsx'
import type { Terminal } from './terminal-rules.ts'

/** Lets those try their PIN again who have to wait at the terminal. */
export function ForgivePins({ terminal }: { readonly terminal: Terminal }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isDone, setDone] = useState(false)
  const { name, terminalId, isEnrolled } = terminal
  const forgive = async () => {
    const forgiven = await act.run(() => call('forgivePins', { params: { terminalId } }))
    setDone(forgiven !== null)
  }
  if (!isEnrolled) return null
  return (
    <>
      <Small label={t('terminalCare.forgiveLabel', { name })} onClick={() => void forgive()}>
        {t('terminalCare.forgive')}
      </Small>
      <span role="status">{isDone && t('terminalCare.forgiven')}</span>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </>
  )
}

type RevokeProps = { readonly terminal: Terminal; readonly onChanged: () => void }

/** Ends the terminal's key, after a question. */
export function RevokeKey({ terminal, onChanged }: RevokeProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const done = () => {
    setAsking(false)
    onChanged()
  }
  if (!terminal.isEnrolled) return null
  const label = t('terminalCare.revokeLabel', { name: terminal.name })
  return (
    <>
      <Small label={label} onClick={() => setAsking(true)}>
        {t('terminalCare.revoke')}
      </Small>
      {isAsking && (
        <RevokeDialog terminal={terminal} onDone={done} onClose={() => setAsking(false)} />
      )}
    </>
  )
}
