/** What can be measured of a page as it is drawn; runs in the page, so it uses nothing outside of itself. */
export type Measured = {
  /** The smallest side that a target may have, in CSS pixels. */
  readonly leastTarget: number
  readonly language: 'en' | 'ru'
}

/** Every fault that a ruler or a list of letters can find, one line each. */
export function faultsInPage({ leastTarget, language }: Measured): string[] {
  const found: string[] = []
  const root = document.querySelector('dialog[open]') ?? document.body
  const wordsOf = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent)
      .replaceAll(/\s+/g, ' ')
      .trim()
      .slice(0, 60)
  const tell = (what: string, element: Element): void => {
    const place = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
    found.push(`${what}: ${place} “${wordsOf(element)}”`)
  }
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest('.govuk-visually-hidden, .govuk-skip-link, [inert], thead') === null

  const page = document.documentElement
  if (page.scrollWidth > window.innerWidth) {
    found.push(`scrolls sideways: ${page.scrollWidth} of ${window.innerWidth}`)
  }
  for (const element of root.querySelectorAll('*')) if (isSeen(element)) lookAt(element)
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const parent = node.parentElement
    if (parent !== null && isSeen(parent)) lookAtText(node.textContent ?? '', parent)
  }
  return [...new Set(found)]

  function lookAt(element: Element): void {
    lookForMore(element)
    lookForOutside(element)
    if (element.matches('a[href], button, summary, select, input:not([type="hidden"])')) {
      lookAtTarget(element)
    }
    if (element.matches('.vv-button, .vv-tag')) lookAtLines(element)
  }

  function lookForMore(element: Element): void {
    const { overflowX } = getComputedStyle(element)
    const isWider = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
    if (!isWider || overflowX === 'visible') return
    tell(['hidden', 'clip'].includes(overflowX) ? 'cut off' : 'scrolls within', element)
  }

  function lookForOutside(element: Element): void {
    const { right, left, width } = element.getBoundingClientRect()
    const isOut = width > 0 && (right > window.innerWidth + 1 || left < -1)
    const scroller = element.parentElement?.closest('.vv-table-box, .vv-office__scroll')
    if (isOut && !scroller && element.childElementCount === 0) tell('out of the window', element)
  }

  function lookAtTarget(element: Element): void {
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : null
    const boxes = [element, ...(label ? [label] : [])].map((each) => each.getBoundingClientRect())
    const width = Math.max(...boxes.map((box) => box.width))
    const height = Math.max(...boxes.map((box) => box.height))
    const words = element.parentElement?.textContent ?? ''
    const isInText =
      getComputedStyle(element).display === 'inline' && words.trim() !== element.textContent.trim()
    if (isInText || Math.min(width, height) >= leastTarget - 0.5) return
    tell(`target ${Math.round(width)}×${Math.round(height)}`, element)
  }

  function lookAtLines(element: Element): void {
    const range = document.createRange()
    range.selectNodeContents(element)
    const tops = [...range.getClientRects()]
      .filter(({ width, height }) => width > 1 && height > 8)
      .map(({ bottom }) => Math.round(bottom / 12))
    const lines = new Set(tops).size
    if (lines > 1) tell(`words on ${lines} lines`, element)
  }

  function lookAtText(text: string, parent: Element): void {
    if (/\bundefined\b|\bNaN\b|Invalid Date|\{\{|\[object/.test(text)) tell('raw value', parent)
    if (/^\s*[a-z]\w+(\.\w+)+\s*$/.test(text)) tell('key or code', parent)
    if (/\d{4}-\d\d-\d\d/.test(text)) tell('raw date', parent)
    if (parent.closest('[lang]') !== page || parent.closest('[translate="no"]')) return
    // Names of people and places are as they were typed, and begin with a capital letter.
    const foreign = language === 'ru' ? /(?<![\w@.-])[a-z]{3,}(?![\w@.-])/ : /[А-Яа-яЁё]{2,}/
    if (foreign.test(text)) tell('other language', parent)
  }
}
