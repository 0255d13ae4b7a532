import type { Page } from 'playwright-core'

type Keeper = { kept?: RTCPeerConnection[] }
/** Which candidate of its own a connection uses, and how it reaches a relay. */
export type OwnCandidate = { readonly candidateType: string; readonly relayProtocol: string }

/** From its next document on, the page's connections may use relays only: as if all else were blocked. */
export async function allowRelaysOnly(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' })
      }
    }
  })
}

/** Our end of the pair that each connected connection of the page uses. */
export async function relayedPairs(page: Page): Promise<OwnCandidate[]> {
  return page.evaluate(async () => {
    const kept = (globalThis as unknown as Keeper).kept ?? []
    const connected = kept.filter(({ connectionState }) => connectionState === 'connected')
    const ownOf = async (connection: RTCPeerConnection): Promise<OwnCandidate> => {
      const report = (await connection.getStats()) as unknown as Map<string, Record<string, string>>
      const transport = [...report.values()].find(({ type }) => type === 'transport')
      const pair = report.get(transport?.['selectedCandidatePairId'] ?? '')
      const { candidateType = 'none', relayProtocol = 'none' } =
        report.get(pair?.['localCandidateId'] ?? '') ?? {}
      return { candidateType, relayProtocol }
    }
    return Promise.all(connected.map(ownOf))
  })
}
