import type { Reply, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { InterventionKind } from '@visavis/contract/interventions'
import type { WallVisit } from '@visavis/contract/visit'
import { FailureNotice, useStore } from '@visavis/ui'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EndVisitDialog } from './EndVisitDialog.tsx'
import { InterventionOptions } from './InterventionOptions.tsx'
import { InterventionWarn } from './InterventionWarn.tsx'
import { keyAt, rungsOf } from './interventions.ts'
import type { Rung } from './interventions.ts'
import { RestrictionPanel } from './RestrictionPanel.tsx'
import { StandingInterventions } from './StandingInterventions.tsx'

type PanelProps = { readonly feed: WallFeed; readonly visit: WallVisit }

/** Carries something out and shows what came of it. */
export type Run = (work: () => Promise<Reply>) => void

/**
 * What an officer does in the chosen visit (OV-5): the ladder from a warning to the end, what stands of it
 * with the way back, and the choice that a restriction leaves (EL-4). The keys 1 to 5 open a rung, the next
 * key chooses.
 */
export function InterventionsPanel({ feed, visit }: PanelProps) {
  const { t } = useTranslation()
  const titleId = useId()
  const [open, setOpen] = useState<InterventionKind | null>(null)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const run: Run = (work) => {
    setOpen(null)
    void work().then((reply) => setFailure(reply.ok ? null : reply.code))
  }
  return (
    <section
      className="vv-stack vv-stack--near vv-interventions"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || open === null) return
        // Only the rung closes, not the visit.
        event.preventDefault()
        event.stopPropagation()
        setOpen(null)
      }}
    >
      <RestrictionPanel feed={feed} visit={visit} run={run} onEnd={() => setOpen('TERMINATE')} />
      <h3 id={titleId}>{t('interventions.title')}</h3>
      <Ladder feed={feed} visit={visit} open={open} onOpen={setOpen} />
      <OpenRung feed={feed} visit={visit} open={open} run={run} onClose={() => setOpen(null)} />
      {failure !== null && <FailureNotice code={failure} />}
      <StandingInterventions feed={feed} visit={visit} run={run} />
    </section>
  )
}

type LadderProps = PanelProps & {
  readonly open: InterventionKind | null
  readonly onOpen: (kind: InterventionKind | null) => void
}

function Ladder({ feed, visit, open, onOpen }: LadderProps) {
  const speech = useStore(feed.speech)
  const ownId = speech.phase === 'speaking' ? speech.speakerId : null
  const rungs = rungsOf(visit, ownId)
  return (
    <div className="vv-row vv-interventions__ladder">
      {rungs.map((rung, index) => (
        <RungButton
          key={rung.kind}
          rung={rung}
          // While a rung is open, the keys choose within it.
          shortcut={open === null ? keyAt(index) : null}
          isOpen={open === rung.kind}
          onPress={() => onOpen(open === rung.kind ? null : rung.kind)}
        />
      ))}
    </div>
  )
}

type RungProps = {
  readonly rung: Rung
  readonly shortcut: string | null
  readonly isOpen: boolean
  readonly onPress: () => void
}

function RungButton({ rung: { kind, why }, shortcut, isOpen, onPress }: RungProps) {
  const { t } = useTranslation()
  const isUsable = why === null
  return (
    <button
      type="button"
      className={`vv-button vv-button--small vv-button--${kind === 'TERMINATE' ? 'danger' : 'secondary'}`}
      aria-disabled={!isUsable || undefined}
      aria-expanded={kind === 'TERMINATE' ? undefined : isOpen}
      aria-haspopup={kind === 'TERMINATE' ? 'dialog' : undefined}
      aria-keyshortcuts={isUsable && shortcut !== null ? shortcut : undefined}
      title={why === null ? undefined : t(`interventions.why.${why}`)}
      onClick={() => isUsable && onPress()}
    >
      {shortcut !== null && <kbd aria-hidden="true">{shortcut}</kbd>}
      {kind === 'TERMINATE' ? t('wall.end') : t(`interventions.rung.${kind}`)}
    </button>
  )
}

type OpenRungProps = PanelProps & {
  readonly open: InterventionKind | null
  readonly run: Run
  readonly onClose: () => void
}

function OpenRung({ feed, visit, open, run, onClose }: OpenRungProps) {
  if (open === null) return null
  if (open === 'TERMINATE') {
    return <EndVisitDialog feed={feed} visitId={visit.visitId} onClose={onClose} />
  }
  if (open === 'WARN') return <InterventionWarn feed={feed} visit={visit} run={run} />
  return <InterventionOptions kind={open} feed={feed} visit={visit} run={run} />
}
