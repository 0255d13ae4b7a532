import { useCallback, useEffect, useState } from 'react'
import { keepLayout, loadLayout } from './wall-layout.ts'
import type { LayoutOwner, WallLayout } from './wall-layout.ts'

export type Layout = {
  readonly layout: WallLayout
  /** Changes some of it, and keeps all of it for the next time. */
  readonly change: (changes: Partial<WallLayout>) => void
}

/** The officer's layout of this screen. */
export function useLayout({ accountId, screen }: LayoutOwner): Layout {
  const [layout, setLayout] = useState(() => loadLayout({ accountId, screen }))
  useEffect(() => keepLayout({ accountId, screen }, layout), [accountId, screen, layout])
  const change = useCallback(
    (changes: Partial<WallLayout>) => setLayout((before) => ({ ...before, ...changes })),
    [],
  )
  return { layout, change }
}
