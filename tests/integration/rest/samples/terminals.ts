import { connectTestTerminal } from '../../../support/test-terminals.ts'
import { aCodeFor, aConnection, anEnrolment } from '../support/enrolment-code.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

type TerminalRoute =
  | 'issueEnrolmentCode'
  | 'listTerminals'
  | 'restartTerminal'
  | 'disableTerminal'
  | 'enableTerminal'
  | 'terminalBeat'
  | 'enrolTerminal'
  | 'revokeTerminalKey'
  | 'forgivePins'
  | 'terminalNonce'
  | 'connectTerminal'
  | 'terminal'

/** What a terminal tells of itself while all is well. */
const WELL = {
  ...{ version: 'index-1', camera: 'OK', microphone: 'OK', speaker: 'OK', diskFreeMb: 5_000 },
  ...{ screen: { width: 1280, height: 800 }, network: 'ethernet', isBusy: false },
}

/** Samples of the routes about terminals. */
export function terminalSamples({ world, place }: SampleWorld): Record<TerminalRoute, SampleMaker> {
  const { aTerminal, spare } = moreTerminals({ world, place })
  return {
    issueEnrolmentCode: async () => ({ params: { terminalId: place().terminalId } }),
    listTerminals: async () => ({}),
    restartTerminal: async () => ({
      params: { terminalId: place().terminalId },
      payload: { isForced: false },
    }),
    // One of its own: everybody else here comes from the place's, and the spare one is enrolled.
    disableTerminal: async () => ({
      params: { terminalId: (await aTerminal('Broken')).terminalId },
      payload: { reason: 'REPAIR', isForced: false },
    }),
    enableTerminal: async () => ({ params: { terminalId: place().terminalId } }),
    terminalBeat: async () => ({ payload: { pageId: crypto.randomUUID(), health: WELL } }),
    // Of another terminal: enrolling anew would take this one's cookie away.
    enrolTerminal: async () => {
      const code = await aCodeFor(world(), (await spare()).terminalId)
      return { payload: (await anEnrolment(world().app, code)).payload }
    },
    // One of its own: everybody else here comes from the place's.
    revokeTerminalKey: async () => {
      const { terminalId } = await aTerminal('Stolen')
      await connectTestTerminal(world().db, terminalId)
      return { params: { terminalId }, payload: { reason: 'STOLEN' } }
    },
    forgivePins: async () => ({ params: { terminalId: place().terminalId } }),
    terminalNonce: async () => ({}),
    connectTerminal: async () => {
      const { terminalId } = await aTerminal('Connected')
      const cookie = await connectTestTerminal(world().db, terminalId)
      return { payload: await aConnection(world().app, cookie) }
    },
    terminal: async () => ({}),
  }
}

type Terminal = { readonly terminalId: string }

function moreTerminals({ world, place }: SampleWorld) {
  let terminals = 0
  const aTerminal = (name: string): Promise<Terminal> => {
    const { facilityId } = place()
    terminals += 1
    const data = { facilityId, name: `${name} ${terminals}`, wing: 'B' }
    return world().db.terminal.create({ data: { terminalId: crypto.randomUUID(), ...data } })
  }
  let spareTerminal: Terminal | null = null
  const spare = async () => (spareTerminal ??= await aTerminal('Spare'))
  return { aTerminal, spare }
}
