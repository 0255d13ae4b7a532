import type { AdviceJudgement } from '@visavis/contract/advice'
import { Refusal } from '@visavis/contract/errors'
import { PRESENT_STATES } from '@visavis/contract/seat-lifecycle'
import type { SeatReport } from '@visavis/contract/visit-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact } from '../../platform/transact.ts'
import { adviceAfter, findingsOf } from '../advice/index.ts'
import type { AdviceRepo } from '../advice/index.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { JoinedSeat } from './seat-connections.ts'
import type { VisitHall } from './visit-hall.ts'
import type { VisitRecord } from './visit-record.ts'

/** What an officer says of a piece of advice. */
export type Judged = {
  readonly visitId: string
  readonly adviceId: string
  readonly judgement: AdviceJudgement
  readonly cause: { readonly actor: AccountActor; readonly requestId: string }
}

/**
 * LV-11: what detectors advise officers of the open visits. It is beside the visits' steps: nothing that
 * moves a visit can read it, and its rows are written by themselves.
 */
export type SeatAdvice = {
  /** What is advised of a visit has changed. */
  readonly changed: Signal<VisitRecord>
  /** A seat has told of itself; resolves when its rows are written, and never rejects. */
  readonly hear: (seat: Pick<JoinedSeat, 'visitId' | 'seatId'>, report: SeatReport) => Promise<void>
  /** A visit has changed: of who is not there any more nothing is advised. */
  readonly settle: (visit: VisitRecord) => void
  /** Takes an officer's word; refuses with NOT_FOUND. */
  readonly judge: (judged: Judged) => Promise<void>
  /** Takes up what stood when the server before this one ended. */
  readonly takeUp: () => Promise<void>
}

type Deps = {
  readonly repo: AdviceRepo
  readonly hall: VisitHall
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Logger
}

export function createSeatAdvice(deps: Deps): SeatAdvice {
  const changed: SeatAdvice['changed'] = createSignal()
  const hear = hearer(deps, changed)
  return {
    changed,
    hear,
    settle: ({ visitId, session, seats }) => {
      const isThere = (seatId: string): boolean => {
        const state = seats.find((seat) => seat.seatId === seatId)?.state
        return session.state !== 'ENDED' && state !== undefined && PRESENT_STATES.includes(state)
      }
      const advised = deps.hall.get(visitId)?.advice.map(({ seatId }) => seatId) ?? []
      for (const seatId of new Set(advised)) {
        if (!isThere(seatId)) void hear({ visitId, seatId }, NOTHING_FOUND)
      }
    },
    judge: (judged) => judge(deps, changed, judged),
    async takeUp() {
      for (const [visitId, advice] of await deps.repo.takeUp()) {
        const open = deps.hall.get(visitId)
        if (open) open.advice = advice
      }
    },
  }
}

const NOTHING_FOUND: SeatReport = { isAway: true, camera: 'ON', microphone: 'ON', face: null }

function hearer({ repo, hall, clock, newId, log }: Deps, changed: SeatAdvice['changed']) {
  const queue = createSerialQueue()
  return async (
    { visitId, seatId }: Pick<JoinedSeat, 'visitId' | 'seatId'>,
    report: SeatReport,
  ): Promise<void> => {
    const open = hall.get(visitId)
    if (!open) return
    const { detectors, policy } = open.visit
    const { monitor } = policy
    const at = clock.now()
    const findings = findingsOf(report, { detectors, monitor })
    const { begun, ended, standing } = adviceAfter(open.advice, { seatId, findings, at, newId })
    if (begun.length + ended.length === 0) return
    open.advice = standing
    changed.emit(open.visit)
    const store = async (): Promise<void> => {
      await repo.end(
        ended.map(({ adviceId }) => adviceId),
        at,
      )
      await repo.begin({ visitId, monitor }, begun)
    }
    await queue.run(visitId, store).catch((error: unknown) => {
      // The visit goes on, and so does the advice: the database may be away for a minute (LV-8).
      log.warn({ visitId, seatId, err: error }, 'advice not stored')
    })
  }
}

async function judge(
  { repo, hall, transact, audit }: Deps,
  changed: SeatAdvice['changed'],
  { visitId, adviceId, judgement, cause }: Judged,
): Promise<void> {
  const { actor, requestId } = cause
  await transact(async (tx) => {
    const said = { judgement, judgedBy: actor.accountId }
    const advice = await repo.judge(tx, { visitId, adviceId, ...said })
    if (!advice) throw new Refusal('NOT_FOUND')
    await audit.append(tx, {
      facilityId: actor.facilityId,
      actor: auditActorOf(actor),
      action: 'advice.judge',
      object: { type: 'seat', objectId: advice.seatId, visitId },
      outcome: 'allow',
      reason: judgement,
      requestId,
      detail: { adviceId, kind: advice.kind },
    })
  })
  const open = hall.get(visitId)
  if (!open) return
  open.advice = open.advice.map((one) => (one.adviceId === adviceId ? { ...one, judgement } : one))
  changed.emit(open.visit)
}
