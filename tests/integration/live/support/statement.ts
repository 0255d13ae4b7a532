import { z } from 'zod'
import { ReceiptGap } from '@visavis/contract/receipt'
import type { GapCause } from '@visavis/contract/receipt'
import { expect } from 'vitest'
import { connectToNode } from '../../../support/media-node-host.ts'
import type { LiveWorld } from './live-world.ts'
import type { SeatClient } from './socket-client.ts'

type Seen = { readonly bothWayMs: number }

/** What the node itself saw of a visit, with the server's clock moved to where it left off. */
export async function seenByNode(world: LiveWorld, visitId: string): Promise<Seen> {
  const control = await connectToNode(world.node())
  const { rooms } = await control.call('describe', {})
  control.close()
  const room = rooms.find((each) => each.visitId === visitId)
  if (!room) throw new Error('the node has no such room')
  const last = room.flow.at(-1)
  const lagMs = last ? last.fromMs + last.ms - world.clock.now().getTime() : 0
  world.clock.advance(Math.max(0, lagMs))
  return room
}

/** The statement of an ended visit, whose parts always add up to the booked time. */
export async function statementOf({ db }: LiveWorld, visitId: string) {
  const row = await db.visitReceipt.findUniqueOrThrow({ where: { visitId } })
  const gaps = z.array(ReceiptGap).parse(row.gaps)
  const sumOf = (some: typeof gaps) => some.reduce((sum, { ms }) => sum + ms, 0)
  expect(row.deliveredMs + sumOf(gaps)).toBe(row.bookedMs + row.extendedMs + row.madeUpMs)
  return {
    ...row,
    lostTo: (cause: GapCause) => sumOf(gaps.filter((gap) => gap.cause === cause)),
  }
}

/** Waits until this much has flowed both ways, as a seat is told. */
export function delivered(client: SeatClient, atLeastMs: number): Promise<unknown> {
  return client.heard<{ clock: { deliveredMs: number } }>(
    'visit:ticked',
    ({ clock }) => clock.deliveredMs >= atLeastMs,
  )
}
