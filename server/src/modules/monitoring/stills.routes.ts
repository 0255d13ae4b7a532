import { z } from 'zod'
import { Refusal, panic } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { AccountActor } from '../identity/index.ts'
import type { ModuleGround } from '../../platform/module-ground.ts'

type StillAsked = {
  readonly actor: AccountActor
  readonly visitId: string
  readonly seatId: string
  /** Which still the caller has. */
  readonly known: string | null
}

/** Where stills come from; a null picture is the one that the caller has. Throws a Refusal where none may be had. */
export type StillSource = (
  asked: StillAsked,
) => Promise<{ readonly version: string; readonly picture: Uint8Array | null }>

/** The route of stills, which waits for the walls of the live side. */
export type StillsPort = { readonly attach: (source: StillSource) => void }

/** Puts the route of stills on the server (OV-4). */
export function bindStills(bind: ModuleGround['bind']): StillsPort {
  let source: StillSource | null = null
  bind(routes.wallStill, async ({ actor, params, request, reply }) => {
    if (!source) throw new Refusal('MEDIA_UNAVAILABLE')
    const known = versionIn(request.headers['if-none-match'])
    const { version, picture } = await source({ ...params, actor, known })
    // Faces: in the page's memory they may be, on its disk not.
    reply.header('cache-control', 'no-store').header('etag', `"${version}"`)
    return picture ? reply.type('image/webp').send(Buffer.from(picture)) : reply.code(304).send()
  })
  return {
    attach(given) {
      if (source) panic('stills are attached twice')
      source = given
    },
  }
}

/** The still that an ETag of ours names; any other one is unknown. */
function versionIn(etag: string | undefined): string | null {
  return z.uuid().safeParse(etag?.replaceAll('"', '')).data ?? null
}
