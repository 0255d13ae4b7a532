type Place = { readonly index: number; readonly count: number; readonly columns: number }

/** Where an arrow, Home or End leads in a grid of `count` tiles, or null for any other key; pure. */
export function nextIndex(key: string, { index, count, columns }: Place): number | null {
  const isRtl = typeof document !== 'undefined' && document.documentElement.dir === 'rtl'
  const step = isRtl ? -1 : 1
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: index + step,
    ArrowLeft: index - step,
    ArrowDown: index + columns,
    ArrowUp: index - columns,
    Home: 0,
    End: count - 1,
  }
  const wished = steps[key]
  if (wished === undefined) return null
  return wished < 0 || wished >= count ? index : wished
}

/** How many tiles stand side by side now. */
export function columnsOf(grid: HTMLElement | null): number {
  if (!grid) return 1
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length
}
