import { Refusal } from '@visavis/contract/errors'
import type { TerminalInfo } from '@visavis/contract/http'
import type { z } from 'zod'
import type { Clock } from '@visavis/platform/clock'
import { visitWindow } from '../booking/index.ts'
import type { InmateActor } from '../identity/index.ts'
import type { FacilitiesRepo } from './facilities.repo.ts'

/** What is read about terminals. */
export type TerminalsService = ReturnType<typeof createTerminalsService>

export function createTerminalsService({ repo, clock }: { repo: FacilitiesRepo; clock: Clock }) {
  return {
    /** What the device shows; without a sign-in it names nobody. */
    info: async (
      terminalId: string,
      inmate: InmateActor | null,
    ): Promise<z.input<typeof TerminalInfo>> => {
      const terminal = await repo.terminal(terminalId)
      if (!terminal) throw new Refusal('TERMINAL_NOT_ENROLLED')
      const bookings = await repo.nextBookings(terminalId, clock.now())
      return {
        terminalId,
        name: terminal.name,
        wing: terminal.wing,
        facility: terminal.facility,
        nextVisits: bookings.map((booking) => {
          const { startsAt, endsAt, opensAt } = visitWindow(booking)
          return {
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
            opensAt: opensAt.toISOString(),
            isFamilyHere: booking.seats.length > 0,
          }
        }),
        inmate: inmate && {
          displayName: inmate.displayName,
          language: inmate.language,
          isDeskSignIn: inmate.visitId === null,
        },
      }
    },
  }
}
