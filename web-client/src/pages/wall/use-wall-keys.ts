import { useEffect, useEffectEvent } from 'react'
import { isTyping, wallKeyOf } from './wall-keys.ts'
import type { WallKey } from './wall-keys.ts'

type Deeds = Readonly<Record<Exclude<WallKey['what'], 'press'>, () => void>>

/**
 * The wall's single keys, wherever the focus is, but not while somebody types or is asked something. They
 * can be turned off (WCAG 2.1.4); Escape and the list of keys stay.
 */
export function useWallKeys(deeds: Deeds, hasKeys: boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = wallKeyOf(event)
    if (key === null || event.defaultPrevented) return
    if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
    if (!hasKeys && key.what !== 'close' && key.what !== 'help') return
    event.preventDefault()
    if (key.what === 'press') pressShortcut(key.shortcut)
    else deeds[key.what]()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

/** The chosen visit's buttons say themselves which key they have. */
function pressShortcut(shortcut: string): void {
  const button = document.querySelector<HTMLElement>(`.vv-focus [aria-keyshortcuts~="${shortcut}"]`)
  button?.focus()
  button?.click()
}
