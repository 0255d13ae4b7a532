import { REMOTE_PICTURE } from '../e2e/pages/call-page.ts'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { watchMedia } from '../support/media-watch.ts'
import { MEDIA_HOST, openPartyNetwork } from '../support/network/party-network.ts'
import type { PartyNetwork } from '../support/network/party-network.ts'
import { openTcpRelay } from '../support/network/tcp-relay.ts'
import type { TcpRelay } from '../support/network/tcp-relay.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { freePorts } from '../support/ports.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'

/** A visit under way between two real browsers, each behind a network that can be made bad. */
export type FaultScene = {
  readonly stack: Stack
  readonly demo: Demo
  readonly cast: Cast
  readonly networks: { readonly visitor: PartyNetwork; readonly inmate: PartyNetwork }
  /** What lies between the product and its database. */
  readonly database: TcpRelay
  readonly close: () => Promise<void>
}

/** Each party's own address of the loopback range; the officer's browser needs no network in between. */
const ADDRESSES = { visitor: '127.0.0.2', inmate: '127.0.0.3', officer: '127.0.0.1' } as const
const POSTGRES_PORT = 5432

/** Opens the product, both networks and three browsers; nobody has gone anywhere yet. */
export async function openFaultScene(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<FaultScene> {
  const cleanUp = createCleanUp()
  try {
    const databasePort = await freePorts(1)
    const database = await openTcpRelay(onProduct(databasePort), databasePlace(env))
    cleanUp.later(database, async (relay) => relay.close())
    const stack = await startStack({ RTC_ANNOUNCED_ADDRESS: MEDIA_HOST }, { databasePort })
    cleanUp.later(stack, (each) => each.stop())
    const demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
    const open = async (address: string) =>
      cleanUp.later(await openPartyNetwork(address, stack.ports), async ({ close }) => close())
    const networks = {
      visitor: await open(ADDRESSES.visitor),
      inmate: await open(ADDRESSES.inmate),
    }
    const finds = {
      visitor: bothHostsAt(ADDRESSES.visitor),
      inmate: bothHostsAt(ADDRESSES.inmate),
      officer: bothHostsAt(ADDRESSES.officer),
    }
    const cast = cleanUp.later(await openCast({ finds }), ({ close }) => close())
    return { stack, demo, cast, networks, database, close: cleanUp.run }
  } catch (error) {
    await cleanUp.run()
    throw error
  }
}

/** Brings the visit to where both see and hear each other, and watches that from then on. */
export async function bringAlive(scene: FaultScene): Promise<void> {
  await gather(scene)
  await letIn(scene)
  await bothSeeAndHear(scene)
  for (const { page, person } of sidesOf(scene)) {
    await watchMedia(page, { selector: REMOTE_PICTURE, person })
  }
}

/** Waits until each page shows and sounds like the other person. */
export async function bothSeeAndHear(scene: Pick<FaultScene, 'cast'>): Promise<void> {
  for (const { page, person } of sidesOf(scene)) {
    await waitToSee(page, REMOTE_PICTURE, person)
    await waitToHear(page, REMOTE_PICTURE, person)
  }
}

/** Each party's page, and whom it should show. */
export function sidesOf({ cast }: Pick<FaultScene, 'cast'>) {
  return [
    { page: cast.visitor, person: KNOWN_INMATE },
    { page: cast.terminal, person: KNOWN_VISITOR },
  ]
}

function bothHostsAt(address: string) {
  return { localhost: address, [MEDIA_HOST]: address }
}

function onProduct(port: number) {
  return { address: '127.0.0.1', port }
}

function databasePlace({
  TEST_DATABASE_URL: url = '',
}: Readonly<Record<string, string | undefined>>) {
  const { hostname, port } = new URL(url)
  return { address: hostname, port: Number(port) || POSTGRES_PORT }
}
