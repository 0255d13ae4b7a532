import { FailureNotice, Notice } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { PurposeForm } from './PurposeForm.tsx'
import type { OpenPlay } from './PurposeForm.tsx'
import { Player } from './player/Player.tsx'
import { ProofPanel } from './proof/ProofPanel.tsx'

/** Why nothing is played any more: its hour was over, or the server said no. */
export type PlayEnd = FailureCode | 'EXPIRED'

type Phase =
  | { readonly kind: 'asked'; readonly why: PlayEnd | null }
  | { readonly kind: 'open'; readonly open: OpenPlay }

/** Purpose and case number first; only then does anything of the recording come here (RC-5). */
export function RecordingPage() {
  const { visitId = '' } = useParams()
  const { t } = useTranslation()
  const startMs = useStartMs()
  const [phase, setPhase] = useState<Phase>({ kind: 'asked', why: null })
  const isOpen = phase.kind === 'open'
  return (
    <OfficeFrame
      title={t(isOpen ? 'recordings.playerTitle' : 'recordings.purposeTitle')}
      back="/recordings"
    >
      {phase.kind === 'open' ? (
        <Player
          open={phase.open}
          startMs={startMs}
          onEnd={(why) => setPhase({ kind: 'asked', why })}
        />
      ) : (
        <>
          <EndWords why={phase.why} />
          <PurposeForm visitId={visitId} onOpen={(open) => setPhase({ kind: 'open', open })} />
        </>
      )}
      <ProofPanel visitId={visitId} />
    </OfficeFrame>
  )
}

function EndWords({ why }: { why: PlayEnd | null }) {
  const { t } = useTranslation()
  if (why === null) return null
  if (why !== 'EXPIRED') return <FailureNotice code={why} />
  return (
    <Notice tone="warn" title={t('recordings.expiredTitle')} live="alert">
      <p>{t('recordings.expiredBody')}</p>
    </Notice>
  )
}

/** A flag leads to its moment: `?at=` in ms on the visit's line. */
function useStartMs(): number {
  const [params] = useSearchParams()
  const atMs = Number(params.get('at') ?? '0')
  return Number.isFinite(atMs) ? Math.max(0, atMs) : 0
}
