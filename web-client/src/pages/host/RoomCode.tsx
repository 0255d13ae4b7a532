import { Button, FailureNotice, untilInWords, useNow } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import { DeskObstacle } from './DeskObstacle.tsx'
import type { CardProps } from './DeskVisitCard.tsx'

type Code = Reply<'issueRoomCode'>

/** The one-time code that hands the room's device over to the visit's people. */
export function RoomCode({ visit, timeZone, onChange }: CardProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { isBusy, failure, run } = useAct()
  const { visitId, isRoomReady } = visit
  const [code, setCode] = useState<Code | null>(null)
  const [wasReady, setWasReady] = useState(isRoomReady)
  if (wasReady !== isRoomReady) {
    setWasReady(isRoomReady)
    // A device has just signed in: the code is used.
    if (isRoomReady) setCode(null)
  }
  const hasOne = isRoomReady || code !== null
  const issue = async () => {
    setCode(null)
    setCode(await run(() => call('issueRoomCode', { params: { visitId } })))
    onChange()
  }
  return (
    <div className="vv-stack vv-stack--near">
      <div role="status" className="vv-host__status">
        {code !== null && <CodeWords code={code} />}
      </div>
      {failure !== null && (
        <FailureNotice code={failure.code}>
          <DeskObstacle failure={failure} timeZone={timeZone} />
        </FailureNotice>
      )}
      {isRoomReady && <p>{t('host.roomReady')}</p>}
      <div>
        <Button
          look={hasOne ? 'secondary' : 'primary'}
          isBusy={isBusy}
          aria-label={t(hasOne ? 'host.newCodeLabel' : 'host.makeCodeLabel', {
            room: visit.room.name,
          })}
          onClick={() => void issue()}
        >
          {t(hasOne ? 'host.newCode' : 'host.makeCode')}
        </Button>
      </div>
    </div>
  )
}

function CodeWords({ code: { code, expiresAt } }: { code: Code }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const expiresMs = Date.parse(expiresAt)
  if (expiresMs <= nowMs) return <p>{t('host.codeExpired')}</p>
  return (
    <div className="vv-host__code">
      <p className="vv-code" translate="no">
        {code}
      </p>
      <p>{t('host.codeBody', { address: `${location.host}/room` })}</p>
      <p className="vv-soft" aria-live="off">
        {t('host.codeExpires', { when: untilInWords(nowMs, expiresMs, i18n.language) })}
      </p>
    </div>
  )
}
