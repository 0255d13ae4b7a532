import type { VisitSnapshot } from '@visavis/contract/visit'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../index.ts'
import { useOtherNames } from './use-other-names.ts'
import { waitedMinutes } from './waited.ts'

type WaitingProps = {
  readonly snapshot: VisitSnapshot
  /** The start, as a clock shows it here. */
  readonly time: string
  readonly children?: ReactNode
}

/** Why one waits, in words, and for how long already (LV-2). */
export function WaitingWords({ snapshot, time, children }: WaitingProps) {
  const { t } = useTranslation()
  const { checkAgain } = snapshot.you
  const reason = snapshot.waitingReason ?? 'unknown'
  const values = { name: useOtherNames(snapshot), time }
  const isAgain = reason === 'CHECK_AGAIN' && checkAgain !== null
  return (
    <Notice title={t(`waiting.${reason}.title`, values)} live="status">
      {isAgain && <p>{t(`checkAgain.${checkAgain}`)}</p>}
      <p>{t(`waiting.${reason}.body`, values)}</p>
      <Waited key={snapshot.clock.at} snapshot={snapshot} />
      {children}
    </Notice>
  )
}

/** A minute is what people count in; looked at a little more often, so that it is never long behind. */
const LOOK_EVERY_MS = 15_000

/** Outside of the spoken words: nobody wants to be told each minute that they still wait. */
function Waited({ snapshot: { you, clock } }: { snapshot: VisitSnapshot }) {
  const { t } = useTranslation()
  // By the server's clock, as it was when this was told: a terminal's own may be wrong.
  const [heardAtMs] = useState(() => performance.now())
  const [nowMs, setNowMs] = useState(heardAtMs)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const count = waitedMinutes(you.arrivedAt, Date.parse(clock.at) + nowMs - heardAtMs)
  if (count === 0) return null
  return (
    <p className="vv-soft" aria-live="off">
      {t('waiting.since', { count })}
    </p>
  )
}
