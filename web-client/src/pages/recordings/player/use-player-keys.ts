import { useEffect, useEffectEvent } from 'react'
import { isTyping } from '../../wall/wall-keys.ts'
import { playerKeyOf } from './player-keys.ts'
import type { PlayerDeed } from './player-keys.ts'

/**
 * The player's single keys, wherever the focus is, but not while somebody types or is asked something. They
 * can be turned off (WCAG 2.1.4); the list of keys stays.
 */
export function usePlayerKeys(act: (deed: PlayerDeed) => void, hasKeys: boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const deed = playerKeyOf(event)
    if (deed === null || event.defaultPrevented || isElsewhere(event, deed)) return
    if (!hasKeys && deed !== 'help') return
    event.preventDefault()
    act(deed)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

/** What has the focus uses this key by itself: text, a button for Space, another slider for arrows. */
function isElsewhere({ target }: KeyboardEvent, deed: PlayerDeed): boolean {
  if (isTyping(target) || document.querySelector('dialog[open]') !== null) return true
  if (!(target instanceof HTMLElement)) return false
  if (deed === 'toggle') return target.matches('button, a, summary, input[type=checkbox]')
  const isArrow = deed === 'back' || deed === 'forward'
  return isArrow && target.matches('input[type=range]:not([data-line])')
}
