import type { HelpAnswer } from '@visavis/contract/help-kinds'
import { FailureNotice } from '@visavis/ui'
import { useSession } from '../../session/session.ts'
import { HelpCall } from '../help/HelpCall.tsx'
import { useAct } from '../office/parts/use-act.ts'
import type { DeskVisit } from './desk-visit.ts'

type RoomHelpProps = { readonly visit: DeskVisit; readonly onChange: () => void }

/** Who calls for help from a room: the host is nearer than any officer (OV-9). */
export function RoomHelp({ visit, onChange }: RoomHelpProps) {
  const { call } = useSession()
  const act = useAct()
  const answer = async (body: { seatId: string; answer: HelpAnswer }) => {
    const params = { visitId: visit.visitId }
    const done = await act.run(() => call('answerRoomHelp', { params, body }))
    if (done !== null) onChange()
  }
  return (
    <div className="vv-stack vv-stack--close" role="status">
      {visit.visitors.map(
        ({ seatId, name, help }) =>
          help !== null && (
            <HelpCall
              key={seatId}
              name={name}
              call={help}
              canCome
              isBusy={act.isBusy}
              onAnswer={(words) => void answer({ seatId, answer: words })}
            />
          ),
      )}
      {act.failure && <FailureNotice code={act.failure.code} />}
    </div>
  )
}
