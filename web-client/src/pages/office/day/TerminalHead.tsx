import { Button, FailureNotice, Tag, useNow } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { addDays, dayStart } from '../parts/office-time.ts'
import type { Week } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import type { Terminal } from '../../terminals/terminal-rules.ts'
import { outageOn } from './day-rules.ts'
import type { BoardColumn } from './day-rules.ts'
import { OutageDialog } from './OutageDialog.tsx'

type TerminalHeadProps = {
  readonly column: BoardColumn
  /** How it fares just now, as it tells itself; null: not known. */
  readonly care: Terminal | null
  readonly blackouts: Week['blackouts']
  /** Local date that the board shows. */
  readonly date: string
  readonly onChanged: (words: string) => void
}

/** A terminal: its name, whether it works, and the button for when it does not (BK-13). */
export function TerminalHead(props: TerminalHeadProps) {
  const { column, care, blackouts, date, onChanged } = props
  const { t } = useTranslation()
  const { short, span, timeZone } = useOffice()
  const nowMs = useNow()
  const { terminalId, name, wing } = column
  if (terminalId === null) return <>{t('officeDay.noTerminal')}</>
  const day = { from: dayStart(date, timeZone), to: dayStart(addDays(date, 1), timeZone) }
  const outage = outageOn(blackouts, { terminalId, ...day, nowMs })
  const terminal = { terminalId, name }
  return (
    <div className="vv-terminal-head">
      <span>
        <strong>{name}</strong>{' '}
        <span className="vv-soft vv-small">{t('officeMovements.wing', { wing })}</span>
      </span>
      {care !== null && <CareTag care={care} />}
      {outage !== null && (
        <Tag tone="bad">
          {outage.isNow
            ? t('officeDay.brokenUntil', { when: short(outage.endsAt) })
            : t('officeDay.brokenThen', { when: span(outage.startsAt, outage.endsAt) })}
        </Tag>
      )}
      {outage?.isNow ? (
        <Repair terminal={terminal} onChanged={onChanged} />
      ) : (
        <BreakDown terminal={terminal} onChanged={onChanged} />
      )}
    </div>
  )
}

/** What the terminal's own beat, or an administrator, says of it. */
function CareTag({ care }: { care: Terminal }) {
  const { t } = useTranslation()
  if (care.disabled !== null) return <Tag>{t('terminalCare.disabledNow')}</Tag>
  if (!care.isOutOfOrder) return null
  const what = care.troubles.map((trouble) => t(`terminalCare.troubles.${trouble}`)).join(', ')
  return <Tag tone="bad">{t('terminalCare.outOfOrder', { what })}</Tag>
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
