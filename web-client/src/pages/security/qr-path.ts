/** A square of dark and light modules, row by row; anything but 0 is dark. */
export type Modules = { readonly size: number; readonly data: ArrayLike<number | boolean> }

/** The dark modules as the path of an SVG, one unit a module, each run of a row in one piece. */
export function qrPath({ size, data }: Modules): string {
  const rows = Array.from({ length: size }, (_, row) => {
    const dark = Array.from({ length: size }, (_each, column) => Boolean(data[row * size + column]))
    return runsOf(dark).map(({ from, length }) => `M${from} ${row}h${length}v1h-${length}z`)
  })
  return rows.flat().join('')
}

type Run = { readonly from: number; readonly length: number }

function runsOf(dark: readonly boolean[]): Run[] {
  const starts = dark.flatMap((isDark, at) => (isDark && !dark[at - 1] ? [at] : []))
  return starts.map((from) => {
    const end = dark.indexOf(false, from)
    return { from, length: (end === -1 ? dark.length : end) - from }
  })
}
