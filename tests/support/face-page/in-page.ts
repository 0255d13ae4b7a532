import { openFaceLooker } from '../../../web-client/call/src/face-look.ts'
import type { FaceLook } from '../../../web-client/call/src/face-look.ts'

/** What {@link FacePage} puts into its page. */
export type FaceSide = {
  /** Looks at RGBA pixels, in base64. */
  readonly lookAt: (picture: { width: number; height: number; pixels: string }) => Promise<FaceLook>
}

const looker = openFaceLooker()
const page = globalThis as unknown as { -readonly [Name in keyof FaceSide]: FaceSide[Name] }

page.lookAt = ({ width, height, pixels }) => {
  const { buffer } = Uint8Array.from(atob(pixels), (char) => char.charCodeAt(0))
  return looker.look({ width, height, pixels: buffer })
}
