import type { TerminalHealth, TerminalTrouble } from '@visavis/contract/terminal-health'

/** Six beats that did not come: a page that reloads or a switch that restarts misses fewer. */
export const SILENT_AFTER_MS = 3 * 60_000
/** Below it a browser begins to fail in odd ways. */
export const LOW_DISK_MB = 200

/** What is known of a terminal's page; nulls: it has told nothing yet. */
export type Heard = { readonly beatAt: Date | null; readonly health: TerminalHealth | null }

/** When it is looked at, and whether visits can be had at that time. */
export type Look = { readonly now: Date; readonly isOpen: boolean }

/** Whether nothing was heard for too long of a terminal that has told of itself before. */
export function isSilent({ beatAt }: Heard, now: Date): boolean {
  return beatAt !== null && now.getTime() - beatAt.getTime() > SILENT_AFTER_MS
}

/** What is wrong with a terminal, worst first. Silence counts while visits can be had only: some are off at night. */
export function troublesOf(heard: Heard, { now, isOpen }: Look): TerminalTrouble[] {
  const { health } = heard
  if (health === null) return []
  const troubles: (TerminalTrouble | false)[] = [
    isOpen && isSilent(heard, now) && 'SILENT',
    health.camera !== 'OK' && 'CAMERA',
    health.microphone !== 'OK' && 'MICROPHONE',
    health.speaker !== 'OK' && 'SPEAKER',
    health.diskFreeMb !== null && health.diskFreeMb < LOW_DISK_MB && 'DISK',
  ]
  return troubles.filter((trouble) => trouble !== false)
}

const OUT_OF_ORDER: ReadonlySet<TerminalTrouble> = new Set(['SILENT', 'CAMERA', 'MICROPHONE'])

/** The trouble that leaves nobody a visit at this terminal, or null. */
export function outOfOrderBy(troubles: readonly TerminalTrouble[]): TerminalTrouble | null {
  return troubles.find((trouble) => OUT_OF_ORDER.has(trouble)) ?? null
}

/** A restart that somebody asked for; `pageId` is the page it is to end, null: whichever beats next. */
export type AskedRestart = { readonly pageId: string | null; readonly isForced: boolean }

/** What becomes of it at a beat: done by another page, due now, or waiting for the person to leave. */
export function restartAt(
  asked: AskedRestart,
  beat: { readonly pageId: string; readonly isBusy: boolean },
): 'DONE' | 'DUE' | 'WAITING' {
  if (asked.pageId !== null && asked.pageId !== beat.pageId) return 'DONE'
  return asked.isForced || !beat.isBusy ? 'DUE' : 'WAITING'
}
