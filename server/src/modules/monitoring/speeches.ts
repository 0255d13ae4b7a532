import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { interventionCommands } from '@visavis/contract/interventions-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { NewId } from '../../platform/ids.ts'
import { turnServers } from '../../platform/turn.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import type { Rooms } from '../rooms/index.ts'
import { endSpeech, speak, speakerIdOf } from '../visits/index.ts'
import type { LiveVisits } from '../visits/index.ts'
import type { ActOn } from './officer.service.ts'
import type { Wall } from './walls.ts'
import type { OfficerCause } from './wall.service.ts'

type Commands = typeof interventionCommands

/** An officer's speech, by the wall it comes from. */
type Speech = { readonly visitId: string; readonly speakerId: string }

/** Officers who speak to both sides of a visit (OV-5); a speech ends with its wall. */
export type Speeches = ReturnType<typeof createSpeeches>

type Deps = {
  readonly actOn: ActOn
  readonly visits: Pick<LiveVisits, 'acts' | 'open'>
  readonly rooms: Pick<Rooms, 'speakers' | 'signals'>
  readonly turn: TurnConfig | null
  readonly newId: NewId
  readonly clock: Clock
  readonly log: Logger
}

/** A relay's credentials: nobody speaks longer than a visit lasts. */
const LONGEST_SPEECH_MS = 4 * 60 * 60 * 1_000

export function createSpeeches(deps: Deps) {
  const speeches = new Map<string, Speech>()
  const { actOn, rooms } = deps
  const speechOf = ({ observerId }: Wall): Speech => {
    const speech = speeches.get(observerId)
    if (!speech) throw new Refusal('TRANSPORT_NOT_FOUND')
    return speech
  }
  const leave = async (observerId: string): Promise<void> => {
    const speech = speeches.get(observerId)
    speeches.delete(observerId)
    if (speech) await endQuietly(deps, speech)
  }
  endThoseOfDeadMedia(deps)
  return {
    async speak(
      wall: Wall,
      { visitId }: PayloadOf<Commands['speak']>,
      cause: OfficerCause,
    ): Promise<DataOf<Commands['speak']>> {
      // A wall speaks in one visit at a time.
      await leave(wall.observerId)
      const speech: Speech = { visitId, speakerId: deps.newId() }
      const by = { interventionId: speech.speakerId, by: cause.actor.accountId }
      await actOn(visitId, cause, speak(by))
      // Gone while it was stored: nobody is left who could end it.
      if (!wall.socket.connected) await endQuietly(deps, speech)
      else speeches.set(wall.observerId, speech)
      return openMedia(deps, speech)
    },
    async connectSpeech(wall: Wall, transport: PayloadOf<Commands['connectSpeech']>) {
      await rooms.speakers.connect(speechOf(wall), transport)
      return {}
    },
    produceSpeech: async (wall: Wall, track: PayloadOf<Commands['produceSpeech']>) =>
      rooms.speakers.produce(speechOf(wall), track),
    endSpeech: async ({ visitId }: PayloadOf<Commands['endSpeech']>, cause: OfficerCause) => {
      await actOn(visitId, cause, endSpeech(cause.actor.accountId))
      return {}
    },
    /** The wall's socket is gone, and the officer's voice with it. */
    leave,
  }
}

async function openMedia(deps: Deps, speech: Speech): Promise<DataOf<Commands['speak']>> {
  const { rooms, turn, clock } = deps
  const { speakerId } = speech
  const until = new Date(clock.now().getTime() + LONGEST_SPEECH_MS)
  try {
    const opened = await rooms.speakers.open(speech)
    return { speakerId, ...opened, iceServers: turnServers(turn, { seatId: speakerId, until }) }
  } catch (error) {
    // People must not be told of an officer who cannot be heard.
    await endQuietly(deps, speech)
    throw error
  }
}

/** What stood when a server before this one ended, or when a room was placed anew, has nobody who speaks. */
function endThoseOfDeadMedia(deps: Deps): void {
  const { visits, rooms, log } = deps
  const end = (visitId: string): void => {
    const visit = visits.open().find((one) => one.visitId === visitId)
    const speakerId = visit && speakerIdOf(visit)
    if (!speakerId) return
    endQuietly(deps, { visitId, speakerId }).catch((error: unknown) => {
      log.error({ visitId, err: error }, 'speech not ended')
    })
  }
  for (const { visitId } of visits.open()) end(visitId)
  rooms.signals.placed.on(({ visitId, isAnew }) => {
    if (isAnew) end(visitId)
  })
}

/** Nobody asked: it follows from what has happened. */
async function endQuietly({ visits }: Deps, { visitId, speakerId }: Speech): Promise<void> {
  await visits.acts.act({ visitId, decide: endSpeech(null, speakerId) })
}
