import type { Reply, WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { FailureNotice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HelpCall } from '../help/HelpCall.tsx'

type Call = WallVisit['help'][number]
type Figures = NonNullable<Call['figures']>

/** Everybody in the visit who calls for help, above all else (OV-9). */
export function HelpPanel({ feed, visit }: { feed: WallFeed; visit: WallVisit }) {
  const [reply, setReply] = useState<Reply | null>(null)
  const nameOf = (seatId: string) => visit.seats.find((seat) => seat.seatId === seatId)?.name ?? ''
  return (
    <div className="vv-stack vv-stack--close" role="status">
      {visit.help.map((call) => (
        <HelpCall
          key={call.seatId}
          name={nameOf(call.seatId)}
          call={call}
          canCome={call.party === 'INMATE'}
          onAnswer={(answer) =>
            void feed.answerHelp(visit.visitId, call.seatId, answer).then(setReply)
          }
        >
          {call.figures !== null && <Line figures={call.figures} />}
        </HelpCall>
      ))}
      {reply?.ok === false && <FailureNotice code={reply.code} />}
    </div>
  )
}

/** Figures for whoever knows what they mean: nothing of what is said or shown. */
function Line({ figures }: { figures: Figures }) {
  const { t } = useTranslation()
  const { roundTripMs, lossInPercent, lossOutPercent, kbitIn, kbitOut, protocol } = figures
  const parts = [
    roundTripMs !== null && t('helpDesk.roundTrip', { ms: roundTripMs }),
    lossInPercent !== null && t('helpDesk.lossIn', { percent: lossInPercent }),
    lossOutPercent !== null && t('helpDesk.lossOut', { percent: lossOutPercent }),
    kbitIn !== null && t('helpDesk.kbitIn', { kbit: kbitIn }),
    kbitOut !== null && t('helpDesk.kbitOut', { kbit: kbitOut }),
    protocol !== null && protocol.toUpperCase(),
    figures.isRelayed && t('helpDesk.relayed'),
  ]
  return <p className="vv-small vv-numbers">{parts.filter((part) => part !== false).join(' · ')}</p>
}
