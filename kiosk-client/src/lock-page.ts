/** Gestures of a browser that a terminal has no use for: menus, taking text or pictures away, dropping files. */
const GESTURES = ['contextmenu', 'dragstart', 'dragover', 'drop'] as const

/** Leaves only what the screens offer. Selecting text is switched off by the style sheet, but for inputs. */
export function lockPage(page: Document): void {
  for (const gesture of GESTURES) page.addEventListener(gesture, (event) => event.preventDefault())
}
