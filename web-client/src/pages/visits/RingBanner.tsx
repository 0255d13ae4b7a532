import { Button, ClockText, FailureNotice, Icon, useNow } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { playChime } from '@visavis/ui/visit/chime.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { leftUntil } from '../book/hold.ts'

type Ring = Reply<'myRings'>['rings'][number]

/** A ring lasts 45 s: three seconds of it are lost at most. */
const POLL_MS = 3000

/** Somebody inside rings now: said, heard and shown, with both answers (BK-8). */
export function RingBanner() {
  const rings = useRings()
  const nowMs = useNow()
  const [answered, setAnswered] = useState<readonly string[]>([])
  const ring = rings.find(
    ({ visitId, ringsUntil }) => !answered.includes(visitId) && leftUntil(ringsUntil, nowMs) > 0,
  )
  const ringing = ring?.visitId ?? null
  useEffect(() => {
    if (ringing === null) return undefined
    playChime()
    const timer = setInterval(playChime, POLL_MS)
    return () => clearInterval(timer)
  }, [ringing])
  if (!ring) return null
  return (
    <Ringing
      key={ring.visitId}
      ring={ring}
      leftMs={leftUntil(ring.ringsUntil, nowMs)}
      onAnswered={() => setAnswered((before) => [...before, ring.visitId])}
    />
  )
}

/** Asks while the page is seen; a page in the background would only cost the phone's battery. */
function useRings(): readonly Ring[] {
  const { call } = useSession()
  const [rings, setRings] = useState<readonly Ring[]>([])
  useEffect(() => {
    let isWanted = true
    const ask = async () => {
      if (document.visibilityState !== 'visible') return
      const result = await call('myRings', {})
      if (isWanted && result.ok) setRings(result.data.rings)
    }
    void ask()
    const timer = setInterval(() => void ask(), POLL_MS)
    return () => {
      isWanted = false
      clearInterval(timer)
    }
  }, [call])
  return rings
}

type RingingProps = {
  readonly ring: Ring
  readonly leftMs: number
  readonly onAnswered: () => void
}

function Ringing({ ring: { visitId, inmateName }, leftMs, onAnswered }: RingingProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const answer = async (isAccepted: boolean) => {
    setIsBusy(true)
    const result = await call('answerRing', { params: { visitId }, body: { isAccepted } })
    setIsBusy(false)
    if (!result.ok) {
      setCode(result.code)
      return
    }
    onAnswered()
    if (isAccepted) await navigate(`/visits/${visitId}/check`)
  }
  return (
    <section className="vv-ring" aria-label={t('ring.label')}>
      <p role="alert" className="vv-ring__title">
        <Icon name="sound" />
        {t('ring.title', { name: inmateName })}
      </p>
      <p>
        {t('ring.left')} <ClockText lengthMs={leftMs} />
      </p>
      {code !== null && <FailureNotice code={code} />}
      <div className="vv-row">
        <Button isBusy={isBusy} onClick={() => void answer(true)}>
          {t('ring.take')}
        </Button>
        <Button look="secondary" isBusy={isBusy} onClick={() => void answer(false)}>
          {t('ring.decline')}
        </Button>
      </div>
    </section>
  )
}
