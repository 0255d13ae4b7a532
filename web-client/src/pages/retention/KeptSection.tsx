import { FailureNotice, Progress } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { MoreButton } from '../office/parts/MoreButton.tsx'
import { usePages } from '../office/people/use-pages.ts'
import { KeptList } from './KeptList.tsx'

/** So many at a time, and the contract's most. */
const SHOWN = 25
const MOST = 100

type SectionProps = {
  /** How often something was done on the page; after each time the list is fetched anew. */
  readonly round: number
  readonly onDone: (words: string) => void
}

/** What is kept, soonest gone first, all of it or what is held. */
export function KeptSection({ round, onDone }: SectionProps) {
  const { t } = useTranslation()
  const [isHeld, setIsHeld] = useState(false)
  // After something was done, as many are shown again as somebody had in sight.
  const [inSight, setInSight] = useState(SHOWN)
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('retention.kept')}</h2>
      <div role="group" aria-label={t('retention.show')} className="vv-chips">
        {[false, true].map((held) => (
          <button
            key={String(held)}
            type="button"
            className="vv-chip"
            aria-pressed={isHeld === held}
            onClick={() => {
              setInSight(SHOWN)
              setIsHeld(held)
            }}
          >
            {t(held ? 'retention.showHeld' : 'retention.showAll')}
          </button>
        ))}
      </div>
      <Kept
        key={`${round} ${String(isHeld)}`}
        first={inSight}
        isHeld={isHeld}
        onDone={(words, shown) => {
          setInSight(Math.min(MOST, Math.max(SHOWN, shown)))
          onDone(words)
        }}
      />
    </section>
  )
}

type KeptProps = {
  /** How many to begin with. */
  readonly first: number
  readonly isHeld: boolean
  readonly onDone: (words: string, shown: number) => void
}

function Kept({ first, isHeld, onDone }: KeptProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const pages = usePages(
    useCallback(
      (cursor: string | null) => {
        const held = isHeld ? { isHeld: 'true' } : {}
        const from = cursor === null ? { limit: first } : { limit: SHOWN, cursor }
        return call('keptVisits', { query: { ...held, ...from } })
      },
      [call, first, isHeld],
    ),
  )
  const { items, phase, code, more } = pages
  return (
    <>
      {phase === 'ready' && items.length === 0 && (
        <p className="vv-soft">{t(isHeld ? 'retention.nothingHeld' : 'retention.nothingKept')}</p>
      )}
      <KeptList visits={items} onDone={(words) => onDone(words, items.length)} />
      {phase === 'loading' && <Progress />}
      {code !== null && <FailureNotice code={code} {...(more ? { onRetry: more } : {})} />}
      <MoreButton pages={pages} />
    </>
  )
}
