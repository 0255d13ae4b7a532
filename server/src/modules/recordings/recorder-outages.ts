import type { Logger } from '@visavis/platform/log'
import type { RecorderLink } from './recorder-links.ts'

/** Recorders whose disk takes nothing more (RC-3). */
export type RecorderOutages = {
  /** False when that was known. */
  readonly begin: (link: RecorderLink) => boolean
  readonly isOut: (link: RecorderLink) => boolean
  /** Whether the recorder can write: asked of one that could not, as often as somebody wants to know. */
  readonly canWrite: (link: RecorderLink) => Promise<boolean>
}

/** Creates an empty list. */
export function createRecorderOutages(log: Logger): RecorderOutages {
  const out = new Set<RecorderLink>()
  const asked = new Map<RecorderLink, Promise<boolean>>()
  const ask = async (link: RecorderLink): Promise<boolean> => {
    const { hasRoom } = await link.call('probe', {}).catch(() => ({ hasRoom: false }))
    if (hasRoom && out.delete(link)) log.info({ url: link.url }, 'recorder can write again')
    return hasRoom
  }
  return {
    begin(link) {
      const isNew = !out.has(link)
      out.add(link)
      return isNew
    },
    isOut: (link) => out.has(link),
    async canWrite(link) {
      if (!out.has(link)) return true
      const answer = asked.get(link) ?? ask(link).finally(() => asked.delete(link))
      asked.set(link, answer)
      return answer
    },
  }
}
