import type { ErrorCode } from '@visavis/contract/errors'
import type { VisitSnapshot } from '@visavis/contract/visit'
import type { JoinedState, VisitOfMine, VisitView } from '@visavis/ui/visit/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STARTING, inmateOf, nextScreen } from './screens.ts'
import type { Contact, Happening, Ringing, Screen, SignedInInmate } from './screens.ts'

const DMITRI: SignedInInmate = { displayName: 'Dmitri', language: 'ru' }
// The flow carries these and never looks inside.
const VISIT = { visitId: crypto.randomUUID() } as VisitOfMine
const SNAPSHOT = { visitId: VISIT.visitId } as VisitSnapshot
const JOINED = { phase: 'joined', snapshot: SNAPSHOT } as JoinedState
const CONTACT = { visitorId: crypto.randomUUID() } as Contact
const RING = { visitId: VISIT.visitId, contact: CONTACT } as Ringing

const callMoved = (view: VisitView): Happening => ({ what: 'callMoved', view })
const failed = (code: ErrorCode | 'UNREACHABLE'): Happening => ({ what: 'requestFailed', code })
const FOUND: Happening = { what: 'terminalFound', inmate: null }
const TO_LOBBY: readonly Happening[] = [
  FOUND,
  { what: 'startPressed' },
  { what: 'signedIn', inmate: DMITRI },
  { what: 'visitChosen', visit: VISIT },
  { what: 'readyPressed' },
]
const TO_RINGING: readonly Happening[] = [
  FOUND,
  { what: 'deskPressed' },
  { what: 'signedIn', inmate: DMITRI },
  { what: 'sectionChosen', section: 'ring' },
  { what: 'ringStarted', ring: RING },
]

function after(...happenings: readonly Happening[]): Screen {
  return happenings.reduce(nextScreen, STARTING)
}

const anyHappening: fc.Arbitrary<Happening> = fc.constantFrom(
  ...TO_LOBBY,
  ...TO_RINGING,
  { what: 'ringEnded', end: 'ANSWERED' } as const,
  { what: 'ringEnded', end: 'MISSED' } as const,
  { what: 'ringEnded', end: 'TAKEN_BACK' } as const,
  { what: 'ringEntered' } as const,
  { what: 'terminalFound', inmate: { ...DMITRI, isDeskSignIn: true } } as const,
  { what: 'terminalFound', inmate: { ...DMITRI, isDeskSignIn: false } } as const,
  { what: 'backPressed' } as const,
  { what: 'rejoinPressed' } as const,
  { what: 'reset' } as const,
  callMoved({ kind: 'connecting' }),
  callMoved({ kind: 'lobby', snapshot: SNAPSHOT }),
  callMoved({ kind: 'call', joined: JOINED }),
  callMoved({ kind: 'ended', snapshot: SNAPSHOT }),
  callMoved({ kind: 'turnedAway' }),
  callMoved({ kind: 'replaced' }),
  callMoved({ kind: 'refused', code: 'MEDIA_UNAVAILABLE' }),
  callMoved({ kind: 'refused', code: 'SESSION_EXPIRED' }),
  failed('UNREACHABLE'),
  failed('SESSION_EXPIRED'),
  failed('TERMINAL_DISABLED'),
  failed('TERMINAL_NOT_ENROLLED'),
)
const anyCourse = fc.array(anyHappening, { maxLength: 30 })

describe('the way through a visit', () => {
  it('goes from the start button to the outcome and back to nobody', () => {
    const steps: string[] = []
    const course: readonly Happening[] = [
      ...TO_LOBBY,
      callMoved({ kind: 'lobby', snapshot: SNAPSHOT }),
      callMoved({ kind: 'call', joined: JOINED }),
      callMoved({ kind: 'ended', snapshot: SNAPSHOT }),
      { what: 'reset' },
    ]
    course.reduce((screen, happening) => {
      const next = nextScreen(screen, happening)
      steps.push(next.step)
      return next
    }, STARTING)
    expect(steps).toEqual([
      ...['attract', 'pin', 'myVisits', 'ready', 'lobby'],
      ...['lobby', 'call', 'ended', 'attract'],
    ])
  })

  it('[LV-8] goes on with whoever was signed in when the terminal was restarted', () => {
    const screen = after({ what: 'terminalFound', inmate: { ...DMITRI, isDeskSignIn: false } })
    expect(screen).toMatchObject({ step: 'myVisits', inmate: DMITRI })
  })

  it('[TR-5] a restart during a sign-in at the desk leads to the desk, not to a visit', () => {
    const screen = after({ what: 'terminalFound', inmate: { ...DMITRI, isDeskSignIn: true } })
    expect(screen).toMatchObject({ step: 'desk', section: 'home', inmate: DMITRI })
  })

  it('[LV-4] tells that another terminal took over, and can take the seat back', () => {
    const halted = after(...TO_LOBBY, callMoved({ kind: 'replaced' }))
    expect(halted).toMatchObject({ step: 'halted', code: 'SEAT_REPLACED' })
    expect(nextScreen(halted, { what: 'rejoinPressed' }).step).toBe('lobby')
  })

  it('says so when the officer turned the person away', () => {
    const screen = after(...TO_LOBBY, callMoved({ kind: 'turnedAway' }))
    expect(screen).toMatchObject({ step: 'halted', code: 'SEAT_REFUSED' })
  })
})

describe('without a visit', () => {
  it('goes by number and PIN to the desk, through its parts and back', () => {
    const desk = after(...TO_RINGING.slice(0, 3))
    expect(desk).toEqual({ step: 'desk', section: 'home', inmate: DMITRI })
    const requests = nextScreen(desk, { what: 'sectionChosen', section: 'requests' })
    expect(requests).toMatchObject({ step: 'desk', section: 'requests' })
    expect(nextScreen(requests, { what: 'backPressed' })).toEqual(desk)
    expect(nextScreen(desk, { what: 'backPressed' })).toBe(desk)
  })

  it('[BK-8] a missed ring leads back to the contacts', () => {
    const rang = after(...TO_RINGING, { what: 'ringEnded', end: 'MISSED' })
    expect(rang).toMatchObject({ step: 'rang', end: 'MISSED', ring: RING })
    expect(nextScreen(rang, { what: 'ringEntered' })).toBe(rang)
    expect(nextScreen(rang, { what: 'backPressed' })).toMatchObject({
      step: 'desk',
      section: 'ring',
    })
  })

  it('[BK-8] a ring that was taken back leads to the contacts, and asks for no PIN', () => {
    const back = after(...TO_RINGING, { what: 'ringEnded', end: 'TAKEN_BACK' })
    expect(back).toEqual({ step: 'desk', section: 'ring', inmate: DMITRI })
  })

  it('[TR-5] an answered ring goes to its visit by the sign-in that there is', () => {
    const rang = after(...TO_RINGING, { what: 'ringEnded', end: 'ANSWERED' })
    expect(nextScreen(rang, { what: 'ringEntered' })).toEqual({ step: 'myVisits', inmate: DMITRI })
  })

  it('[TR-5] never leads from the desk into a visit but by the PIN or an answered ring', () => {
    const DESK_STEPS = ['deskSignIn', 'desk', 'ringing', 'rang']
    const isAnswer = (screen: Screen, { what }: Happening): boolean =>
      what === 'ringEntered' && screen.step === 'rang' && screen.end === 'ANSWERED'
    fc.assert(
      fc.property(anyCourse, anyHappening, (course, happening) => {
        const before = after(...course)
        if (!DESK_STEPS.includes(before.step) || isAnswer(before, happening)) return
        const { step } = nextScreen(before, happening)
        expect(['attract', 'enrol', 'outOfService', 'pin', ...DESK_STEPS]).toContain(step)
      }),
    )
  })
})

describe('failures', () => {
  it('takes the start screen out of service, and back when the server answers', () => {
    const broken = after(FOUND, failed('UNREACHABLE'))
    expect(broken).toEqual({ step: 'outOfService', code: 'UNREACHABLE' })
    expect(nextScreen(broken, FOUND).step).toBe('attract')
  })

  it('leaves a person where they are when a request does not get through', () => {
    const pin = after(FOUND, { what: 'startPressed' })
    expect(nextScreen(pin, failed('UNREACHABLE'))).toBe(pin)
  })

  it('asks for a code wherever the device turns out not to be a terminal', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const screen = nextScreen(after(...course), failed('TERMINAL_NOT_ENROLLED'))
        expect(screen.step).toBe('enrol')
      }),
    )
  })
})

describe('[TR-5] a shared terminal', () => {
  it('shows nobody after a reset or a lost sign-in, whatever came before', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const screen = after(...course)
        expect(inmateOf(nextScreen(screen, { what: 'reset' }))).toBeNull()
        expect(inmateOf(nextScreen(screen, failed('SESSION_EXPIRED')))).toBeNull()
      }),
    )
  })

  it('lets a person in by a PIN or a restart only', () => {
    fc.assert(
      fc.property(anyCourse, anyHappening, (course, happening) => {
        const before = after(...course)
        const isIn = inmateOf(nextScreen(before, happening)) !== null
        if (!isIn || inmateOf(before) !== null) return
        expect(['signedIn', 'terminalFound']).toContain(happening.what)
        expect(['pin', 'deskSignIn', 'starting', 'outOfService', 'enrol']).toContain(before.step)
      }),
    )
  })

  it('never lets what the call says late bring a visit back', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const screen = after(...course, { what: 'reset' })
        expect(nextScreen(screen, callMoved({ kind: 'call', joined: JOINED }))).toBe(screen)
      }),
    )
  })
})

describe('[TR-5] a terminal that is taken out of service', () => {
  const taken = (mayFinish: boolean): Happening => ({
    what: 'disabled',
    reason: 'REPAIR',
    mayFinish,
  })

  it('says why, at once where nobody is in a visit, and comes back by itself', () => {
    const away = { step: 'outOfService', code: 'TERMINAL_DISABLED', reason: 'REPAIR' }
    expect(after(FOUND, taken(false))).toEqual(away)
    expect(after(FOUND, { what: 'deskPressed' }, taken(true))).toEqual(away)
    // What the server refuses meanwhile takes the reason away from nobody.
    expect(after(FOUND, taken(false), failed('TERMINAL_DISABLED'))).toEqual(away)
    expect(after(FOUND, taken(false), FOUND)).toEqual({ step: 'attract' })
  })

  it('lets a visit come to its end, unless it was forced', () => {
    const inLobby = after(...TO_LOBBY)
    expect(nextScreen(inLobby, taken(true))).toBe(inLobby)
    expect(nextScreen(inLobby, taken(false))).toMatchObject({ step: 'outOfService' })
    const reset = nextScreen(nextScreen(inLobby, taken(true)), { what: 'reset' })
    expect(nextScreen(reset, taken(true))).toMatchObject({ step: 'outOfService' })
  })
})
