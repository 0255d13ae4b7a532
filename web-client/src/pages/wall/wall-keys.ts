/** What a single key does on the wall. */
export type WallKey =
  | { readonly what: 'help' | 'next' | 'search' | 'forward' | 'admit' | 'close' }
  /** Presses what names this key in its `aria-keyshortcuts`. */
  | { readonly what: 'press'; readonly shortcut: string }

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'
>

/** By the keys' places on the board, so that they work under a Russian layout too. */
const BY_CODE: Readonly<Record<string, WallKey>> = {
  KeyN: { what: 'next' },
  KeyR: { what: 'forward' },
  KeyA: { what: 'admit' },
  Slash: { what: 'search' },
  KeyF: { what: 'press', shortcut: 'F' },
}
const DIGIT = /^(?:Digit|Numpad)([1-9])$/

/** Which key of the wall was pressed; null: none of them. Pure. */
export function wallKeyOf(press: KeyPress): WallKey | null {
  if (isBrowsers(press)) return null
  if (press.key === '?') return { what: 'help' }
  if (press.key === 'Escape') return { what: 'close' }
  if (press.shiftKey) return null
  const [, digit] = DIGIT.exec(press.code) ?? []
  return digit ? { what: 'press', shortcut: digit } : (BY_CODE[press.code] ?? null)
}

/** Another key is held with it, or it is held itself: that is for the browser, or was acted on already. */
function isBrowsers({ ctrlKey, metaKey, altKey, repeat }: KeyPress): boolean {
  return ctrlKey || metaKey || altKey || repeat
}

/** Whether keys belong to where the focus is: somebody types there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const kind = target instanceof HTMLInputElement ? target.type : target.tagName
  return target.isContentEditable || TYPED.includes(kind)
}

const TYPED: readonly string[] = [
  ...['TEXTAREA', 'SELECT', 'text', 'search', 'number', 'email', 'date', 'time', 'radio'],
]
