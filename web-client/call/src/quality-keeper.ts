import type { LayerAsk } from '@visavis/contract/layer-asks'
import { heldAt, isTrying, ladderAt, nextLadder } from '@visavis/contract/quality-ladder'
import type { HeldKind, LadderState, QualityStep } from '@visavis/contract/quality-ladder'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { rungsFor, uplinkBeat } from './quality-rungs.ts'
import type { SendRung, UplinkLook } from './quality-rungs.ts'
import type { QualityWishStore } from './quality-wishes.ts'
import type { VisitSignalling } from './seat-media.ts'
import type { SendPlan } from './send-plan.ts'
import type { StatsSample, StatsSampler } from './stats-sampler.ts'

export type QualityKeeperOptions = {
  readonly sampler: Pick<StatsSampler, 'onSample'>
  readonly signalling: Pick<VisitSignalling, 'request'>
  readonly wishes: QualityWishStore
  /** Has the voice and the picture go out like that, now and after every rebuild. */
  readonly limit: (plan: SendPlan) => void
  /** What is not sent for now; null: all is. */
  readonly onHeld: (held: HeldKind | null) => void
  readonly nowMs?: () => number
}

/** Sends what the line carries, as the person wishes (LV-9). */
export type QualityKeeper = {
  /** The visit is like that now: how many others there are, whether one of them signs, what is asked of us. */
  readonly sees: (snapshot: VisitSnapshot) => void
  /** The seat was taken, for the first time or again: the server may know nothing of it. */
  readonly seated: () => void
  readonly close: () => void
}

type Standing = {
  readonly rungs: readonly SendRung[]
  readonly ladder: LadderState
  readonly generation: number | null
  /** Bytes that had come by the sending transport at the last look; null: not known. */
  readonly heardBytes: number | null
}

export function keepQuality(options: QualityKeeperOptions): QualityKeeper {
  const { sampler, wishes, limit, nowMs = () => performance.now() } = options
  let visit = { others: 1, keepsPicture: false }
  let asked: LayerAsk = 'WHOLE'
  let standing: Standing = {
    ...{ rungs: rungsNow(), ladder: ladderAt(0, nowMs()) },
    ...{ generation: null, heardBytes: null },
  }
  const teller = createTeller(options)

  function rungsNow(): readonly SendRung[] {
    const { isDataSaver, keepsPicture } = wishes.getState()
    return rungsFor({ ...visit, isDataSaver, keepsPicture: keepsPicture || visit.keepsPicture })
  }
  const apply = (): void => {
    const { picture, voiceBps } = rungOf(standing)
    limit({ picture, voiceBps, others: visit.others, asked })
  }
  const beginAnew = (): void => {
    const rungs = rungsNow()
    const rung = sameStep(rungs, rungOf(standing).step)
    standing = { ...standing, rungs, ladder: ladderAt(rung, nowMs()) }
    apply()
    teller.tell(rungOf(standing).step)
  }
  const look = (sample: StatsSample): void => {
    const next = afterLook(standing, sample)
    const hasMoved = next.ladder.rung !== standing.ladder.rung
    standing = next
    if (hasMoved) apply()
    const step = stepToTell(standing, lookOf(sample))
    if (step !== null) teller.tell(step)
  }
  const stops = [sampler.onSample(look), wishes.subscribe(beginAnew)]
  apply()
  return {
    sees({ others, keepsPicture, lines }) {
      const count = Math.max(1, others.filter(({ state }) => state === 'IN').length)
      const isSame = count === visit.others && keepsPicture === visit.keepsPicture
      if (isSame && lines.asked === asked) return
      asked = lines.asked
      visit = { others: count, keepsPicture }
      // Where only less is asked for, our own line is as it was: its ladder stands where it stood.
      if (isSame) apply()
      else beginAnew()
    },
    seated() {
      teller.begin(rungOf(standing).step)
    },
    close: () => stops.forEach((stop) => stop()),
  }
}

/** Tells the server and this page what is new, once the seat is taken. */
function createTeller({ signalling, wishes, onHeld }: QualityKeeperOptions) {
  let told: string | null = null
  const tell = (step: QualityStep): void => {
    const report = { ...wishes.getState(), step }
    const text = JSON.stringify(report)
    if (told === null || told === text) return
    told = text
    onHeld(heldAt(step))
    // What a broken line swallows is told again at the next entry.
    signalling.request('seat:quality', report).catch(() => undefined)
  }
  return {
    tell,
    begin(step: QualityStep): void {
      told = ''
      tell(step)
    },
  }
}

function afterLook(standing: Standing, sample: StatsSample): Standing {
  const { generation, atMs } = sample
  const heardBytes = sample.send.transport?.bytesReceived ?? null
  const seen = { ...standing, generation, heardBytes }
  // Other transports, other estimates: they begin low and grow.
  const isNew = standing.generation !== generation
  // A line by which nothing comes is down, not narrow: what it carries shows when it is back.
  const isDown = !isNew && heardBytes !== null && heardBytes === standing.heardBytes
  const anew = { ...seen, ladder: ladderAt(standing.ladder.rung, atMs) }
  if (isDown) return anew
  const { ladder } = isNew ? anew : standing
  const beat = uplinkBeat(standing.rungs, ladder.rung, lookOf(sample))
  return { ...seen, ladder: nextLadder(ladder, { atMs, ...beat }) }
}

/** Null while a rung is only tried: nobody is told of a picture that goes again at once. */
function stepToTell(standing: Standing, look: UplinkLook): QualityStep | null {
  const { rungs, ladder } = standing
  const isSure = uplinkBeat(rungs, ladder.rung, look).fittingRung <= ladder.rung
  return isTrying(ladder) && !isSure ? null : rungOf(standing).step
}

function lookOf({ send }: StatsSample): UplinkLook {
  const losses = send.tracks.flatMap(({ lossShare }) => lossShare ?? [])
  return {
    availableBps: send.transport?.availableOutgoingBps ?? null,
    lossShare: losses.length > 0 ? Math.max(...losses) : null,
    roundTripMs: send.transport?.roundTripMs ?? null,
  }
}

function rungOf({ rungs, ladder }: Standing): SendRung {
  return rungs[ladder.rung] ?? LEAST
}

/** Where a step is among other rungs; one that is not there begins at the top. */
function sameStep(rungs: readonly SendRung[], step: QualityStep): number {
  return Math.max(
    0,
    rungs.findIndex((rung) => rung.step === step),
  )
}

const LEAST: SendRung = { step: 'FAINT', needsBps: 0, picture: null, voiceBps: 16_000 }
