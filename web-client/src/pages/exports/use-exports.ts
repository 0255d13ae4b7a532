import { useCallback, useRef, useState } from 'react'
import type { Result } from '@visavis/ui'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { usePolled } from '../host/use-polled.ts'
import type { Polled } from '../host/use-polled.ts'
import { isUnderWay } from './export-rules.ts'

/** How often it is asked whether an archive is ready, and how often whether anything has changed. */
const BUSY_MS = 3_000
const IDLE_MS = 30_000
const SHOWN = 25

type Page = Reply<'exports'>

/** Exports as they are now; as many pages as were asked for. */
export type Exports = Polled<Page> & {
  /** Shows a page more; null: that is all. */
  readonly more: (() => void) | null
}

/** Those that wait for a decision (`'true'`), or the others. */
export function useExports(isWaiting: 'true' | 'false'): Exports {
  const { call } = useSession()
  const [everyMs, setEveryMs] = useState(IDLE_MS)
  const pages = useRef(1)
  const load = useCallback(async (): Promise<Result<Page>> => {
    const page = (cursor: string | null) => {
      const query = { isWaiting, limit: SHOWN, ...(cursor === null ? {} : { cursor }) }
      return call('exports', { query })
    }
    let all = await page(null)
    for (let read = 1; read < pages.current; read += 1) {
      if (!all.ok || all.data.nextCursor === null) break
      const { items } = all.data
      const next = await page(all.data.nextCursor)
      all = next.ok
        ? { ...next, data: { ...next.data, items: [...items, ...next.data.items] } }
        : next
    }
    if (all.ok) setEveryMs(all.data.items.some(isUnderWay) ? BUSY_MS : IDLE_MS)
    return all
  }, [call, isWaiting])
  const polled = usePolled(load, everyMs)
  const more = () => {
    pages.current += 1
    polled.reload()
  }
  return { ...polled, more: polled.data?.nextCursor ? more : null }
}
