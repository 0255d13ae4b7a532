import { Button, FailureNotice, PageHeading, Progress } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useTerminal } from '../../flow/terminal.ts'

type DeskFrameProps = {
  readonly title: string
  /** Absent where there is nothing to go back to. */
  readonly onBack?: () => void
  readonly children: ReactNode
}

/** A screen of the desk: its heading, the way back and the way out. */
export function DeskFrame({ title, onBack, children }: DeskFrameProps) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  return (
    <TerminalFrame>
      <div className="vv-terminal__column vv-desk vv-stack vv-stack--near">
        <div className="vv-row vv-my-visits__head">
          <PageHeading key={title}>{title}</PageHeading>
          <div className="vv-row">
            {onBack && (
              <Button look="secondary" onClick={onBack}>
                {t('common.back')}
              </Button>
            )}
            <Button look="secondary" onClick={() => tell({ what: 'reset' })}>
              {t('myVisits.signOut')}
            </Button>
          </div>
        </div>
        {children}
      </div>
    </TerminalFrame>
  )
}

type LoadedProps<Data> = {
  readonly from: Resource<Data>
  readonly children: (data: Data) => ReactNode
}

/** What was fetched, or that it is on its way, or why it did not come and a way to try again. */
export function Loaded<Data>({ from, children }: LoadedProps<Data>) {
  if (from.phase === 'loading') return <Progress />
  if (from.phase === 'failed') return <FailureNotice code={from.code} onRetry={from.reload} />
  return children(from.data)
}
