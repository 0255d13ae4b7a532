import type { WallVisit } from '@visavis/contract/visit'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { canLinkScreens, openScreenLink } from './screen-link.ts'
import type { ScreenLink, ScreenMessage, ScreenNumber } from './screen-link.ts'
import { shareOut } from './screen-share.ts'

/** The address of the second screen's page. */
export const SECOND_SCREEN = '/wall?screen=2'

export type Screens = {
  readonly screen: ScreenNumber
  readonly hasOther: boolean
  /** This screen's tiles, of all. */
  readonly tiles: readonly WallVisit[]
  /** Opens the rest on another screen; null: it is open, or this browser cannot. */
  readonly openSecond: (() => void) | null
  /** A visit was chosen here: the other screen lets go of its own. */
  readonly tellChosen: () => void
}

type Given = {
  readonly accountId: string
  readonly screen: ScreenNumber
  /** In the order of need. */
  readonly tiles: readonly WallVisit[]
  readonly onOtherChose: () => void
}

const NONE: ReadonlySet<string> = new Set()

/** Shares the tiles out between two screens of one officer; alone, a screen has all of them. */
export function useScreens({ accountId, screen, tiles, onOtherChose }: Given): Screens {
  const [seconds, setSeconds] = useState<ReadonlySet<string>>(NONE)
  const isFirst = screen === 1
  const { hasOther, send } = useScreenLink({ accountId, screen }, (message) => {
    if (message.what === 'share' && !isFirst) setSeconds(new Set(message.visitIds))
    if (message.what === 'chosen' && message.screen !== screen) onOtherChose()
  })
  const tellChosen = useCallback(() => send({ what: 'chosen', screen }), [send, screen])
  const share = isFirst ? shareOf(tiles, seconds, hasOther) : seconds
  if (!isEqual(share, seconds)) setSeconds(share)
  const told = isFirst && hasOther ? [...share].join(' ') : null
  useEffect(() => {
    if (told !== null) send({ what: 'share', visitIds: told === '' ? [] : told.split(' ') })
  }, [send, told])
  return {
    screen,
    hasOther,
    tiles: hasOther ? tiles.filter(({ visitId }) => share.has(visitId) === !isFirst) : tiles,
    openSecond: isFirst && !hasOther && canLinkScreens() ? openSecond : null,
    tellChosen,
  }
}

function shareOf(
  tiles: readonly WallVisit[],
  before: ReadonlySet<string>,
  hasOther: boolean,
): ReadonlySet<string> {
  return hasOther ? shareOut(tiles.map(idOf), before) : NONE
}

type LinkOf = Pick<Given, 'accountId' | 'screen'>

function useScreenLink({ accountId, screen }: LinkOf, hear: (message: ScreenMessage) => void) {
  const [hasOther, setHasOther] = useState(false)
  const link = useRef<ScreenLink | null>(null)
  const onMessage = useEffectEvent(hear)
  useEffect(() => {
    if (!canLinkScreens()) return undefined
    const name = `visavis:wall:${accountId}`
    link.current = openScreenLink({
      name,
      screen,
      onOther: setHasOther,
      onMessage: (message) => onMessage(message),
    })
    return () => link.current?.close()
  }, [accountId, screen])
  const send = useCallback((message: ScreenMessage) => link.current?.send(message), [])
  return { hasOther, send }
}

function openSecond(): void {
  // By its name, so that a second press finds the same window.
  window.open(SECOND_SCREEN, 'visavis-wall-2')
}

function idOf({ visitId }: WallVisit): string {
  return visitId
}

function isEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((visitId) => other.has(visitId))
}
