/** Gestures of a browser that a terminal has no use for: menus, taking text or pictures away, dropping files. */
const GESTURES = [
  'contextmenu',
  'dragstart',
  'dragover',
  'drop',
  'copy',
  'cut',
  'paste',
  // Two fingers, where a browser tells of them.
  'gesturestart',
] as const

/** With Ctrl, Alt or Meta: print, save, find, open, view source, new window, zoom, tools. Typing needs none of them. */
const MODIFIERS = ['ctrlKey', 'metaKey', 'altKey'] as const
/** Editing an input is left: marking all of it, and nothing more. */
const HARMLESS = new Set(['a'])
const FUNCTION_KEY = /^F\d{1,2}$/
const KEYS = new Set(['ContextMenu', 'PrintScreen', 'BrowserBack', 'BrowserForward', 'BrowserHome'])

type Pressed = Pick<KeyboardEvent, 'key' | (typeof MODIFIERS)[number]>

/** Whether a key, or keys together, would lead out of what the screens offer. */
export function leadsAway(pressed: Pressed): boolean {
  if (FUNCTION_KEY.test(pressed.key) || KEYS.has(pressed.key)) return true
  // A lone modifier does nothing, and a sticky-keys helper needs it.
  const isModified = MODIFIERS.some((modifier) => pressed[modifier])
  return isModified && !HARMLESS.has(pressed.key.toLowerCase())
}

/**
 * Leaves only what the screens offer. Selecting and printing are switched off by the style sheet; what no
 * page can hinder (closing the window, other addresses) is the browser's policy: docs/kiosk.md.
 */
export function lockPage(page: Document): void {
  for (const gesture of GESTURES) page.addEventListener(gesture, (event) => event.preventDefault())
  page.addEventListener('keydown', (event) => {
    if (leadsAway(event)) event.preventDefault()
  })
  // Zoom of a wheel or a touch pad.
  page.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) event.preventDefault()
    },
    { passive: false },
  )
}
