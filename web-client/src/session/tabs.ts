import { useEffect, useRef } from 'react'
import { afterNews } from './session-rules.ts'
import type { TabNews } from './session-rules.ts'
import type { Session } from './session.ts'

const CHANNEL = 'visavis.session'

/** Tells the other tabs of this browser who came or that everybody left; a browser without the means tells nobody. */
export function tellTabs(news: TabNews): void {
  const channel = openChannel()
  channel?.postMessage(news)
  channel?.close()
}

type Deeds = { readonly refresh: () => void; readonly leave: () => void }

/** Does what the news of other tabs ask for. */
export function useTabs(session: Session, deeds: Deeds): void {
  const current = useRef({ session, deeds })
  useEffect(() => {
    current.current = { session, deeds }
  })
  useEffect(() => {
    const channel = openChannel()
    if (channel === null) return undefined
    channel.onmessage = ({ data }: MessageEvent<TabNews>) => {
      const { refresh, leave } = current.current.deeds
      switch (afterNews(current.current.session, data)) {
        case 'LEAVE':
          leave()
          break
        case 'ANEW':
          window.location.replace('/')
          break
        case 'WHO':
          refresh()
          break
        case null:
      }
    }
    return () => channel.close()
  }, [])
}

function openChannel(): BroadcastChannel | null {
  return 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null
}
