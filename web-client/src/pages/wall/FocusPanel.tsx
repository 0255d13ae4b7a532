import type { WallFeed } from '@visavis/call'
import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, Icon, StateTag, Tag, minutesAndSeconds } from '@visavis/ui'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AdvicePanel } from './AdvicePanel.tsx'
import { CoveragePanel } from './CoveragePanel.tsx'
import { ExtendVisitDialog } from './ExtendVisitDialog.tsx'
import { FlagButton } from './FlagButton.tsx'
import { HelpPanel } from './HelpPanel.tsx'
import { IdentityPanel } from './IdentityPanel.tsx'
import { InterventionsPanel } from './InterventionsPanel.tsx'
import { RecorderPanel } from './RecorderPanel.tsx'
import { QualityFigures } from './QualityFigures.tsx'
import { SeatPicture } from './SeatPicture.tsx'
import { useClock } from './use-keyed.ts'
import { cameraOf, comparedAt, namesOf } from './wall-people.ts'
import type { OpenWall } from './wall-types.ts'

type FocusProps = {
  readonly feed: WallFeed
  readonly state: OpenWall
  readonly visit: WallVisit | null
  readonly onClose: () => void
}

/** The chosen visit: large, with sound, and with what the officer may do. */
export function FocusPanel({ visit, ...rest }: FocusProps) {
  const { t } = useTranslation()
  const titleId = useId()
  return (
    <section
      className="vv-focus"
      aria-labelledby={titleId}
      data-empty={visit === null}
      onKeyDown={(event) => {
        if (event.key === 'Escape') rest.onClose()
      }}
    >
      {visit === null ? (
        <div className="vv-stack vv-stack--close">
          <h2 id={titleId}>{t('wall.focusNone')}</h2>
          <p className="vv-soft">{t('wall.focusNoneBody')}</p>
        </div>
      ) : (
        <FocusedVisit key={visit.visitId} visit={visit} titleId={titleId} {...rest} />
      )}
    </section>
  )
}

type FocusedProps = Omit<FocusProps, 'visit'> & {
  readonly visit: WallVisit
  readonly titleId: string
}

function FocusedVisit({ feed, state, visit, titleId, onClose }: FocusedProps) {
  const { t } = useTranslation()
  const names = { visitor: namesOf(visit, 'VISITOR'), inmate: namesOf(visit, 'INMATE') }
  // Whoever waits to be let in is above the pictures of those who are; moved by style, so that a button
  // that has just been pressed keeps the keyboard.
  const isAtDoor = visit.seats.some(({ state }) => state === 'WAITING' || state === 'CHECKING')
  return (
    <div className="vv-focus__visit" data-door={isAtDoor || undefined}>
      <div className="vv-row vv-row--spread">
        <h2 id={titleId} className="vv-focus__title">
          {t('wall.focusTitle', names)}
        </h2>
        <Button look="secondary" isSmall onClick={onClose}>
          {t('wall.close')}
        </Button>
      </div>
      <FocusFacts feed={feed} visit={visit} />
      <HelpPanel feed={feed} visit={visit} />
      <RecorderPanel feed={feed} visit={visit} />
      <div className="vv-focus__people">
        <IdentityPanel feed={feed} visit={visit} streams={state.streams} />
      </div>
      <FocusPictures feed={feed} visit={visit} state={state} />
      <InterventionsPanel feed={feed} visit={visit} />
      <AdvicePanel feed={feed} visit={visit} />
      <FlagButton feed={feed} visit={visit} />
      <CoveragePanel feed={feed} visit={visit} />
      <QualityFigures visit={visit} seats={state.quality.get(visit.visitId) ?? []} />
      <Deeds feed={feed} visit={visit} />
    </div>
  )
}

/** What an officer may do about the whole visit besides: give it more time. */
function Deeds({ feed, visit }: { feed: WallFeed; visit: WallVisit }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  if (!UNDER_WAY_STATES.includes(visit.state)) return null
  return (
    <div className="vv-row">
      <Button look="secondary" onClick={() => setIsOpen(true)}>
        {t('wall.extend')}
      </Button>
      {isOpen && (
        <ExtendVisitDialog feed={feed} visitId={visit.visitId} onClose={() => setIsOpen(false)} />
      )}
    </div>
  )
}

function FocusFacts({ feed, visit }: { feed: WallFeed; visit: WallVisit }) {
  const { t } = useTranslation()
  const left = minutesAndSeconds(useClock(feed, visit).leftMs)
  return (
    <p className="vv-row">
      <StateTag state={visit.state} />
      <Tag>{t(`visitClass.${visit.visitClass}`)}</Tag>
      <span className="vv-soft">
        {visit.terminal.name} · {visit.terminal.wing}
      </span>
      <span className="vv-numbers">{t('wall.remaining', { time: left })}</span>
    </p>
  )
}

function FocusPictures({ feed, visit, state }: Omit<FocusedProps, 'titleId' | 'onClose'>) {
  const { t } = useTranslation()
  if (visit.policy.monitor === 'NONE' || state.refused.has(visit.visitId)) {
    return (
      <p className="vv-tile__private">
        <Icon name="lock" size="2em" />
        {t('wall.private')}
      </p>
    )
  }
  // Who is being checked is seen large enough beside the picture on file.
  const seats = visit.seats.filter((seat) => !comparedAt(visit, cameraOf(seat)))
  const live = seats.filter(({ seatId }) => state.streams.has(seatId))
  // An empty box would push the decision about the person who is there off the screen.
  const shown = live.length > 0 ? live : seats.slice(0, 1)
  return (
    <>
      <div className="vv-focus__pictures">
        {shown.map((seat) => (
          <figure key={seat.seatId}>
            <SeatPicture
              feed={feed}
              visitId={visit.visitId}
              seat={seat}
              stream={state.streams.get(seat.seatId)}
              hasStill
            />
            <figcaption>
              {seat.name} <span className="vv-soft">{t(`party.${seat.party}`)}</span>
            </figcaption>
          </figure>
        ))}
      </div>
      {visit.policy.monitor === 'AV' && (
        <p className="vv-row vv-small vv-soft">
          <Icon name="sound" size="1.2em" />
          {t('wall.sound')}
        </p>
      )}
    </>
  )
}
