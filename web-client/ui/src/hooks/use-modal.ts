import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Opens a dialog over the page while it is mounted; closed, the focus goes back to what opened it. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed in the layout phase, while it is still in the page: removed first, it could not give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // React focuses what has `autoFocus` while the dialog is still closed, which does nothing, and writes no attribute.
    element?.querySelector<HTMLElement>('[data-first-focus]')?.focus()
    return () => element?.close()
  }, [])
  return dialog
}
