import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import type { ErrorCode } from '@visavis/contract/errors'
import { Button, FailureNotice, Icon, Notice, StateTag, Tag, minutesAndSeconds } from '@visavis/ui'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EndVisitDialog } from './EndVisitDialog.tsx'
import { ExtendVisitDialog } from './ExtendVisitDialog.tsx'
import { HelpPanel } from './HelpPanel.tsx'
import { IdentityPanel } from './IdentityPanel.tsx'
import { QualityFigures } from './QualityFigures.tsx'
import { SeatPicture } from './SeatPicture.tsx'
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
  return (
    <div className="vv-stack vv-stack--near">
      <div className="vv-row vv-row--spread">
        <h2 id={titleId} className="vv-focus__title">
          {t('wall.focusTitle', names)}
        </h2>
        <Button look="secondary" isSmall onClick={onClose}>
          {t('wall.close')}
        </Button>
      </div>
      <FocusFacts visit={visit} />
      <HelpPanel feed={feed} visit={visit} />
      <PauseWords visit={visit} feed={feed} />
      <IdentityPanel feed={feed} visit={visit} streams={state.streams} />
      <FocusPictures visit={visit} state={state} />
      <QualityFigures visit={visit} seats={state.quality.get(visit.visitId) ?? []} />
      <Deeds feed={feed} visit={visit} />
    </div>
  )
}

const UNDER_WAY: readonly WallVisit['state'][] = [
  'LIVE',
  'PAUSED',
  'RECONNECTING',
  'MISSING_MONITOR',
]

/** What an officer may do about the whole visit: give it more time, or end it. */
function Deeds({ feed, visit }: { feed: WallFeed; visit: WallVisit }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'extend' | 'end' | null>(null)
  const dialog = { feed, visitId: visit.visitId, onClose: () => setOpen(null) }
  return (
    <div className="vv-row">
      {UNDER_WAY.includes(visit.state) && (
        <Button look="secondary" onClick={() => setOpen('extend')}>
          {t('wall.extend')}
        </Button>
      )}
      <Button look="danger" onClick={() => setOpen('end')}>
        {t('wall.end')}
      </Button>
      {open === 'extend' && <ExtendVisitDialog {...dialog} />}
      {open === 'end' && <EndVisitDialog {...dialog} />}
    </div>
  )
}

/** Why it is paused, and the officer's way on (EL-4, EL-6). */
function PauseWords({ visit, feed }: { visit: WallVisit; feed: WallFeed }) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const { pauseReason, visitId } = visit
  if (pauseReason === null) return null
  const resume = async () => {
    const reply = await feed.resumeVisit(visitId)
    setFailure(reply.ok ? null : reply.code)
  }
  return (
    <Notice tone="warn" icon="pause">
      <p>{t(`wall.paused.${pauseReason}`)}</p>
      {pauseReason === 'RESTRICTION' && (
        <Button look="secondary" onClick={() => void resume()}>
          {t('wall.resume')}
        </Button>
      )}
      {failure !== null && <FailureNotice code={failure} />}
    </Notice>
  )
}

function FocusFacts({ visit }: { visit: WallVisit }) {
  const { t } = useTranslation()
  const left = minutesAndSeconds(visit.clock.leftMs)
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

function FocusPictures({ visit, state }: { visit: WallVisit; state: OpenWall }) {
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
            <SeatPicture seat={seat} stream={state.streams.get(seat.seatId)} />
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
