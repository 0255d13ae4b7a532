import type { Reply } from '../../../api/api.ts'

/** A text at hand, as it comes over the wire. */
export type ReadyText = Reply<'readyTexts'>['readyTexts'][number]
export type ReadyTextKind = ReadyText['kind']

/** An object, so that the compiler misses none. */
const KINDS: Readonly<Record<ReadyTextKind, true>> = { WARN: true, TERMINATE: true }
export const READY_TEXT_KINDS_LIST = Object.keys(KINDS) as readonly ReadyTextKind[]
