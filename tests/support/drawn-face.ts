/**
 * Draws people as SVG. They are drawings and nobody's picture: good enough to see that a detector works at all
 * and where it fails, and no measure of how it does with people.
 */

/** Skin, its light and its shadow, from the palest to the darkest. */
export const TONES = {
  I: ['#fbe3d3', '#e9c3a8', '#b98a6e'],
  II: ['#f3cfb3', '#d9a887', '#a3714f'],
  III: ['#e0b48c', '#c08f66', '#8a5d3b'],
  IV: ['#c0875a', '#9c6840', '#6b4123'],
  V: ['#8d5a37', '#6d4226', '#452714'],
  VI: ['#5a3825', '#402617', '#24140b'],
} as const
export type Tone = keyof typeof TONES

export const HAIRS = ['short', 'long', 'grey', 'bald', 'headscarf', 'cap'] as const
export const LIGHTS = { even: 1, soft: 0.7, dim: 0.35 } as const
export const BACKGROUNDS = ['wall', 'window', 'night', 'shelf'] as const

export type DrawnFace = {
  readonly tone: Tone
  readonly hair: (typeof HAIRS)[number]
  readonly hasBeard: boolean
  readonly hasGlasses: boolean
  /** Of the head to a shoulder, in degrees. */
  readonly tiltDeg: number
  /** Of the head to a side: -1 to 1, where 1 is about 40 degrees. */
  readonly turn: number
  /** From chin to crown, as a share of the picture's height. */
  readonly size: number
  /** Where the middle of the face is, in shares of the picture. */
  readonly x: number
  readonly y: number
}

export type DrawnScene = {
  readonly faces: readonly DrawnFace[]
  readonly background: (typeof BACKGROUNDS)[number]
  /** 1 is full light, 0 none. */
  readonly light: number
  /** Somebody's flat likeness on the wall behind. */
  readonly poster: DrawnFace | null
}

const WIDTH = 640
const HEIGHT = 360

/** One person in the middle, well lit: what a camera should show. */
export const PLAIN_FACE: DrawnFace = {
  ...{ tone: 'II', hair: 'short', hasBeard: false, hasGlasses: false },
  ...{ tiltDeg: 0, turn: 0, size: 0.6, x: 0.5, y: 0.48 },
}

/** The scene as an SVG of 640 × 360. */
export function svgOf({ faces, background, light, poster }: DrawnScene): string {
  const dark = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#000" opacity="${1 - light}"/>`
  const people = faces.map((face, index) => personOf(face, `p${index}`)).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">` +
    `${BEHIND[background]}${poster ? posterOf(poster) : ''}${people}${dark}</svg>`
  )
}

const whole = (fill: string): string => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${fill}"/>`

const BOOKS = ['#7d2e2e', '#2f5d50', '#d8c9a3', '#34495e']

const BEHIND: Readonly<Record<DrawnScene['background'], string>> = {
  wall: whole('#8b979c'),
  window:
    whole('#6f6a60') +
    '<rect x="380" y="20" width="220" height="240" fill="#dfeefa"/><path d="M490 20v240M380 140h220" stroke="#fff" stroke-width="10"/>',
  night: whole('#23262b') + '<circle cx="90" cy="70" r="26" fill="#d9b65c" opacity=".7"/>',
  shelf:
    whole('#a9937a') +
    [40, 130, 220]
      .map(
        (y) =>
          `<rect y="${y + 70}" width="640" height="10" fill="#5b4632"/>` +
          [20, 90, 170, 260, 400, 470, 560]
            .map(
              (x, at) =>
                `<rect x="${x}" y="${y}" width="${24 + at * 5}" height="70" fill="${BOOKS[at % 4]}"/>`,
            )
            .join(''),
      )
      .join(''),
}

/** Printed, pinned up, and flat: a frame, one colour of skin and no shadow. */
function posterOf(face: DrawnFace): string {
  const height = face.size * HEIGHT
  const [left, top] = [face.x * WIDTH - height * 0.6, face.y * HEIGHT - height * 0.7]
  return (
    `<rect x="${left}" y="${top}" width="${height * 1.2}" height="${height * 1.4}" fill="#f4f1e8" stroke="#222" stroke-width="4"/>` +
    headOf(face, TONES[face.tone][0])
  )
}

function personOf(face: DrawnFace, key: string): string {
  const [light, mid, shadow] = TONES[face.tone]
  const unit = (face.size * HEIGHT) / 280
  const [x, y] = [face.x * WIDTH, face.y * HEIGHT]
  const stops = `<stop offset="0" stop-color="${light}"/><stop offset=".65" stop-color="${mid}"/><stop offset="1" stop-color="${shadow}"/>`
  return (
    `<defs><radialGradient id="${key}" cx=".45" cy=".4" r=".7">${stops}</radialGradient></defs>` +
    `<g transform="translate(${x} ${y}) scale(${unit})"><rect x="-120" y="155" width="240" height="400" rx="60" fill="#345"/>` +
    `<rect x="-36" y="105" width="72" height="80" fill="${shadow}"/></g>${headOf(face, `url(#${key})`)}`
  )
}

/** The head alone, drawn 280 high around its middle, then put in its place. */
function headOf(face: DrawnFace, fill: string): string {
  const unit = (face.size * HEIGHT) / 280
  const place = `translate(${face.x * WIDTH} ${face.y * HEIGHT}) rotate(${face.tiltDeg}) scale(${unit})`
  const features = `<g transform="translate(${face.turn * 34} 0) scale(${1 - Math.abs(face.turn) * 0.18} 1)">${featuresOf(face)}</g>`
  return (
    `<g transform="${place}">${face.hair === 'long' ? LONG_HAIR : ''}` +
    `<ellipse rx="105" ry="140" fill="${fill}"/>${features}${ON_HEAD[face.hair]}</g>`
  )
}

const hairOf = (fill: string): string =>
  `<path d="M-108 -25Q-105 -155 0 -155Q105 -155 108 -25Q90 -105 0 -107Q-90 -105 -108 -25Z" fill="${fill}"/>`
const LONG_HAIR =
  '<path d="M-118 -20Q-110 -160 0 -160Q110 -160 118 -20L125 150H-125Z" fill="#3a2417"/>'

const ON_HEAD: Readonly<Record<DrawnFace['hair'], string>> = {
  short: hairOf('#2a1c14'),
  long: hairOf('#3a2417'),
  grey: hairOf('#b9b6b0'),
  bald: '',
  headscarf:
    '<path fill-rule="evenodd" d="M-130 180Q-150 -165 0 -165Q150 -165 130 180Q60 210 0 205Q-60 210 -130 180ZM0 142Q92 128 92 -5Q88 -100 0 -102Q-88 -100 -92 -5Q-92 128 0 142Z" fill="#5d6f9c"/>',
  cap: '<path d="M-110 -40Q-108 -160 0 -160Q108 -160 110 -40Z" fill="#444b3a"/><path d="M-118 -44Q0 -80 118 -44L112 -26Q0 -58 -112 -26Z" fill="#2f3428"/>',
}

function featuresOf({ tone, hasBeard, hasGlasses }: DrawnFace): string {
  const [, mid, shadow] = TONES[tone]
  const eye = (x: number): string =>
    `<ellipse cx="${x}" cy="-15" rx="22" ry="10" fill="#fff"/><circle cx="${x}" cy="-15" r="9" fill="#322"/>`
  const brows =
    '<path d="M-72 -39Q-44 -53 -18 -39M18 -39Q44 -53 72 -39" stroke="#2a1c14" stroke-width="8" fill="none"/>'
  const nose = `<path d="M0 -10L-14 43Q0 55 16 43" stroke="${shadow}" stroke-width="6" fill="${mid}"/>`
  const mouth =
    '<path d="M-40 85Q0 75 40 85Q0 111 -40 85Z" fill="#a04a4a"/><path d="M-40 85Q0 91 40 85" stroke="#602828" stroke-width="3" fill="none"/>'
  return `${eye(-44)}${eye(44)}${brows}${nose}${hasBeard ? BEARD : ''}${mouth}${hasGlasses ? GLASSES : ''}`
}

const BEARD =
  '<path d="M-98 30Q-80 70 -50 66Q0 50 50 66Q80 70 98 30Q95 130 0 143Q-95 130 -98 30Z" fill="#2a1c14" opacity=".85"/>'
const GLASSES =
  '<g fill="none" stroke="#111" stroke-width="6"><rect x="-74" y="-36" width="60" height="42" rx="14"/><rect x="14" y="-36" width="60" height="42" rx="14"/><path d="M-14 -18H14M-74 -22L-104 -30M74 -22L104 -30"/></g>'
