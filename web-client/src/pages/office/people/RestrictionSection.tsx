import { Button, Tag } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { GrantOverride } from '../inbox/OverrideDecision.tsx'
import { RefuseOverride } from '../inbox/RefuseOverride.tsx'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import type { Bond, Restriction } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { OverrideDialog } from './OverrideDialog.tsx'
import { RestrictionDialog } from './RestrictionDialog.tsx'

/** Whose restrictions they are: one side is known. */
export type About = { readonly visitorId?: string; readonly inmateId?: string }

export type RestrictionSectionProps = {
  readonly about: About
  readonly restrictions: readonly Restriction[]
  /** The pairs that a restriction or an exception can name. */
  readonly bonds: readonly Bond[]
  readonly onDone: (words: string) => void
}

/** Orders, bans and conditions about a person, with exceptions asked for and granted (EL-4, EL-5). */
export function RestrictionSection(props: RestrictionSectionProps) {
  const { t } = useTranslation()
  const [isAdding, setIsAdding] = useState(false)
  const { restrictions, onDone } = props
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officePeople.restrictions')}</h2>
      {restrictions.length === 0 ? (
        <p className="vv-soft">{t('officePeople.noRestrictions')}</p>
      ) : (
        <ul className="vv-list">
          {restrictions.map((restriction) => (
            <li key={restriction.restrictionId} className="vv-panel">
              <RestrictionCard {...props} restriction={restriction} />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button look="secondary" onClick={() => setIsAdding(true)}>
          {t('officePeople.addRestriction')}
        </Button>
      </div>
      {isAdding && (
        <RestrictionDialog
          {...props}
          onClose={() => setIsAdding(false)}
          onDone={(words) => {
            setIsAdding(false)
            onDone(words)
          }}
        />
      )}
    </section>
  )
}

type CardProps = RestrictionSectionProps & { readonly restriction: Restriction }

function RestrictionCard(props: CardProps) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { kind, source, reason, startsAt, endsAt, liftedAt, overrides } = props.restriction
  return (
    <div className="vv-stack vv-stack--close">
      <p className="vv-row">
        <strong>{t(`restrictionKind.${kind}`)}</strong>
        <Tag tone={source === 'COURT' ? 'bad' : 'warn'}>{t(`officePeople.source.${source}`)}</Tag>
        {liftedAt !== null && <Tag>{t('officePeople.lifted', { when: short(liftedAt) })}</Tag>}
      </p>
      <p>{reason}</p>
      <p className="vv-soft vv-small vv-numbers">
        {short(startsAt)} – {endsAt === null ? t('officePeople.noEnd') : short(endsAt)}
      </p>
      {overrides.map((override) => (
        <div key={override.overrideId} className="vv-stack vv-stack--close">
          <p>
            {t(`officePeople.${standingOf(override)}`)}: {override.reason} (
            {t('officePeople.untilWhen', { when: short(override.expiresAt) })})
          </p>
          {standingOf(override) === 'overrideAsked' && liftedAt === null && (
            <>
              <GrantOverride overrideId={override.overrideId} onDone={props.onDone} />
              <RefuseOverride overrideId={override.overrideId} onDone={props.onDone} />
            </>
          )}
        </div>
      ))}
      {liftedAt === null && <RestrictionActs {...props} />}
    </div>
  )
}

function standingOf({ isGranted, isRefused }: Restriction['overrides'][number]) {
  if (isRefused) return 'overrideRefused'
  return isGranted ? 'overrideGranted' : 'overrideAsked'
}

function RestrictionActs(props: CardProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [open, setOpen] = useState<'LIFT' | 'OVERRIDE' | null>(null)
  const { restriction, onDone } = props
  const { restrictionId, source } = restriction
  const finish = (words: string) => {
    setOpen(null)
    onDone(words)
  }
  const lift = async (reason: string) => {
    const work = () => call('liftRestriction', { params: { restrictionId }, body: { reason } })
    if ((await act.run(work)) !== null) finish(t('officePeople.restrictionLifted'))
  }
  return (
    <div className="vv-row">
      <Button look="quiet" isSmall onClick={() => setOpen('LIFT')}>
        {t('officePeople.lift')}
      </Button>
      {source === 'COURT' ? (
        <span className="vv-soft vv-small">{t('officePeople.courtBinds')}</span>
      ) : (
        <Button look="quiet" isSmall onClick={() => setOpen('OVERRIDE')}>
          {t('officePeople.askOverride')}
        </Button>
      )}
      {open === 'LIFT' && (
        <ReasonDialog
          title={t('officePeople.liftTitle')}
          submitLabel={t('officePeople.lift')}
          isDanger
          act={act}
          onReason={(reason) => void lift(reason)}
          onClose={() => setOpen(null)}
        >
          <p>{t(source === 'COURT' ? 'officePeople.liftCourt' : 'officePeople.liftBody')}</p>
        </ReasonDialog>
      )}
      {open === 'OVERRIDE' && (
        <OverrideDialog {...props} onClose={() => setOpen(null)} onDone={finish} />
      )}
    </div>
  )
}
