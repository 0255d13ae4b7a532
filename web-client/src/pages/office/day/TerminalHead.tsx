import { Button, FailureNotice, Tag, useNow } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import type { Week } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { brokenUntil } from './day-rules.ts'
import type { BoardColumn } from './day-rules.ts'
import { OutageDialog } from './OutageDialog.tsx'

type TerminalHeadProps = {
  readonly column: BoardColumn
  readonly blackouts: Week['blackouts']
  readonly onChanged: (words: string) => void
}

/** A terminal: its name, whether it works, and the button for when it does not (BK-13). */
export function TerminalHead({ column, blackouts, onChanged }: TerminalHeadProps) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const nowMs = useNow()
  const { terminalId, name, wing } = column
  if (terminalId === null) return <>{t('officeDay.noTerminal')}</>
  const until = brokenUntil(blackouts, terminalId, nowMs)
  const terminal = { terminalId, name }
  return (
    <div className="vv-terminal-head">
      <span>
        <strong>{name}</strong> <span className="vv-soft vv-small">{wing}</span>
      </span>
      {until === null ? (
        <BreakDown terminal={terminal} onChanged={onChanged} />
      ) : (
        <>
          <Tag tone="bad">{t('officeDay.brokenUntil', { when: short(until) })}</Tag>
          <Repair terminal={terminal} onChanged={onChanged} />
        </>
      )}
    </div>
  )
}

type TerminalActProps = {
  readonly terminal: { readonly terminalId: string; readonly name: string }
  readonly onChanged: (words: string) => void
}

function BreakDown({ terminal, onChanged }: TerminalActProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        look="quiet"
        isSmall
        aria-label={t('officeDay.breakLabel', { name: terminal.name })}
        onClick={() => setIsOpen(true)}
      >
        {t('officeDay.break')}
      </Button>
      {isOpen && (
        <OutageDialog
          terminal={terminal}
          onClose={() => setIsOpen(false)}
          onDone={() => {
            setIsOpen(false)
            onChanged(t('officeDay.outageEntered', { name: terminal.name }))
          }}
        />
      )}
    </>
  )
}

function Repair({ terminal: { terminalId, name }, onChanged }: TerminalActProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const repair = async () => {
    const done = await act.run(() => call('terminalRepaired', { params: { terminalId } }))
    if (done !== null) onChanged(t('officeDay.repaired', { name }))
  }
  return (
    <>
      <Button
        look="quiet"
        isSmall
        isBusy={act.isBusy}
        aria-label={t('officeDay.repairLabel', { name })}
        onClick={() => void repair()}
      >
        {t('officeDay.repair')}
      </Button>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </>
  )
}
