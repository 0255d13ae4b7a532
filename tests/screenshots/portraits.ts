import type { FrameAt, KnownPerson } from '../support/known-media.ts'

/** People for pictures in documents: drawn, friendly, and nobody. */

type Colour = readonly [y: number, cb: number, cr: number]
type Palette = {
  readonly wall: Colour
  readonly skin: Colour
  readonly hair: Colour
  readonly coat: Colour
}

export const PORTRAIT_VISITOR: KnownPerson = person('portrait-visitor', 500, {
  wall: [150, 118, 138],
  skin: [178, 108, 150],
  hair: [60, 120, 142],
  coat: [92, 150, 112],
})
export const PORTRAIT_INMATE: KnownPerson = person('portrait-inmate', 1_200, {
  wall: [112, 138, 120],
  skin: [160, 106, 152],
  hair: [38, 126, 132],
  coat: [70, 136, 120],
})

function person(key: string, toneHz: number, palette: Palette): KnownPerson {
  const draw = (at: FrameAt) => frameOf(at, palette)
  return { key, yuv: palette.wall, dominant: 'blue', toneHz, draw }
}

function frameOf({ index, frames, width, height }: FrameAt, palette: Palette): Buffer {
  // A slight nod, so that a still picture and a live one can be told apart.
  const nod = Math.sin((2 * Math.PI * index) / frames) * height * 0.012
  const planes = [width, width / 2, width / 2].map((columns, plane) => {
    const scale = width / columns
    const rows = height / scale
    return Buffer.from(
      Array.from({ length: columns * rows }, (_, pixel) => {
        const x = ((pixel % columns) * scale - width / 2) / height
        const y = (Math.floor(pixel / columns) * scale - nod) / height
        return shade(colourAt(x, y, palette), { plane, y })
      }),
    )
  })
  return Buffer.concat(planes)
}

/** Light falls from above: the wall darkens downwards, in brightness only. */
function shade(colour: Colour, { plane, y }: { plane: number; y: number }): number {
  const value = colour[plane] ?? 128
  return plane === 0 ? Math.max(16, Math.round(value * (1.12 - y * 0.3))) : value
}

/** `x` and `y` in heights of the picture, from its upper middle. */
function colourAt(x: number, y: number, { wall, skin, hair, coat }: Palette): Colour {
  if (isInside(x, y - 0.42, { width: 0.155, height: 0.2 })) return skin
  if (isInside(x, y - 0.37, { width: 0.185, height: 0.22 }) && y < 0.5) return hair
  if (Math.abs(x) < 0.06 && y > 0.55 && y < 0.72) return skin
  if (isInside(x, y - 1.02, { width: 0.42, height: 0.36 })) return coat
  return wall
}

function isInside(x: number, y: number, half: { width: number; height: number }): boolean {
  return (x / half.width) ** 2 + (y / half.height) ** 2 <= 1
}
