import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { Icon, StateTag, Tag, minutesAndSeconds } from '@visavis/ui'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { TileAdvice } from './TileAdvice.tsx'
import { TilePictures } from './TilePictures.tsx'
import { useClock } from './use-keyed.ts'
import type { TileMode } from './use-watched.ts'
import { useLanguageName } from './use-language-name.ts'
import { SIGNED, languagesOf } from './wall-languages.ts'
import { namesOf } from './wall-people.ts'

type TileProps = {
  readonly feed: WallFeed
  readonly visit: WallVisit
  readonly streams: ReadonlyMap<string, MediaStream>
  readonly mode: TileMode
  readonly isRefused: boolean
  readonly isFocused: boolean
  readonly isTabStop: boolean
  /** It has just come forward. */
  readonly hasMoved: boolean
  /** Somebody in it speaks, or signs, what this officer was asked for. */
  readonly isMine: boolean
  readonly onEnter: (visitId: string) => void
  readonly onPress: (visitId: string) => void
}

/** One visit on the wall: both pictures small, who, where, how long, and why it wants attention. */
export const Tile = memo(function Tile(props: TileProps) {
  const { feed, visit, isFocused, isTabStop, hasMoved, onEnter, onPress } = props
  return (
    <button
      type="button"
      className="vv-tile"
      data-attention={visit.attention ?? undefined}
      data-moved={hasMoved || undefined}
      aria-pressed={isFocused}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => onEnter(visit.visitId)}
      onClick={() => onPress(visit.visitId)}
    >
      <TilePictures {...props} />
      <span className="vv-tile__line">
        <TileNames visit={visit} />
        {visit.visitClass !== 'social' && <ClassTag visit={visit} />}
      </span>
      <span className="vv-tile__line vv-soft">
        <span>
          {visit.terminal.name} · {visit.terminal.wing}
        </span>
        <TileClock feed={feed} visit={visit} />
      </span>
      <TileMarks {...props} />
    </button>
  )
}, isSameTile)

/** Whether a tile is drawn the same: of all streams only those of its own people matter. */
function isSameTile(before: TileProps, after: TileProps): boolean {
  const { streams, ...rest } = after
  const names = Object.keys(rest) as (keyof typeof rest)[]
  return (
    names.every((name) => before[name] === rest[name]) &&
    after.visit.seats.every(({ seatId }) => before.streams.get(seatId) === streams.get(seatId))
  )
}

/** An arrow to see, a dash to hear. */
function TileNames({ visit }: { visit: WallVisit }) {
  return (
    <span className="vv-tile__names">
      {namesOf(visit, 'VISITOR')}{' '}
      <span className="vv-soft" aria-hidden="true">
        ↔
      </span>
      <span className="govuk-visually-hidden">–</span> {namesOf(visit, 'INMATE')}
    </span>
  )
}

function ClassTag({ visit }: { visit: WallVisit }) {
  const { t } = useTranslation()
  return <Tag>{t(`visitClass.${visit.visitClass}`)}</Tag>
}

/** Why it is where it is, and what else an officer has to know at a glance. */
function TileMarks({ visit, isMine, hasMoved }: TileProps) {
  const { t } = useTranslation()
  return (
    <span className="vv-tile__line">
      <TileReason visit={visit} />
      <TileAdvice visit={visit} />
      {isMine && <LanguageTag visit={visit} />}
      {visit.isBeingRecorded && (
        <span className="vv-tile__recording">
          <Icon name="record" size="0.75em" />
          {t('wall.recording')}
        </span>
      )}
      <NotRecorded visit={visit} />
      {hasMoved && <span className="govuk-visually-hidden">{t('wallTools.moved')}</span>}
    </span>
  )
}

/** Said beside a graver reason, too: a visit is never silently unrecorded (RC-3). */
function NotRecorded({ visit: { attention, recording } }: { visit: WallVisit }) {
  const { t } = useTranslation()
  if (recording.missingSince === null || attention === 'NO_RECORDER') return null
  return <Tag tone="bad">{t('recorder.notRecorded')}</Tag>
}

/** What is spoken there, by its name; who signs, by a hand. */
function LanguageTag({ visit }: { visit: WallVisit }) {
  const { t } = useTranslation()
  const languageName = useLanguageName()
  const spoken = languagesOf(visit).filter((tag) => tag !== SIGNED)
  const names = spoken.map(languageName)
  return (
    <Tag tone="action">
      <Icon name={visit.isSigned ? 'hands' : 'people'} size="1.1em" />
      {visit.isSigned ? t('wallTools.signed') : names.join(', ')}
    </Tag>
  )
}

function TileReason({ visit }: { visit: WallVisit }) {
  const { t } = useTranslation()
  if (visit.attention === null) return <StateTag state={visit.state} />
  const isGrave = GRAVE.includes(visit.attention)
  return (
    <Tag tone={isGrave ? 'bad' : 'warn'}>
      <Icon name={visit.attention === 'HELP_CALLED' ? 'help' : 'alert'} size="1.1em" />
      {t(`attention.${visit.attention}`)}
    </Tag>
  )
}

const GRAVE: readonly WallVisit['attention'][] = [
  'HELP_CALLED',
  'VIOLATION',
  'RESTRICTION',
  'NO_RECORDER',
]

function TileClock({ feed, visit }: { feed: WallFeed; visit: WallVisit }) {
  const { t } = useTranslation()
  const left = minutesAndSeconds(useClock(feed, visit).leftMs)
  return <span className="vv-numbers">{t('wall.remaining', { time: left })}</span>
}
