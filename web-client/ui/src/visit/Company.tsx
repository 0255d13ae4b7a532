import type { Reply, SeatCall } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, CheckBox, Dialog, FailureNotice, Icon, Tag } from '../index.ts'
import { companionsOf, companyWith } from './company-rules.ts'
import type { Companion } from './company-rules.ts'

type CompanyProps = {
  readonly snapshot: VisitSnapshot
  readonly call: Pick<SeatCall, 'together'>
}

/** Who is with one at this device (LV-3): a tick for each; nothing where there is nobody to tell of. */
export function Company({ snapshot, call }: CompanyProps) {
  const { t } = useTranslation()
  const [reply, setReply] = useState<Reply | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const companions = companionsOf(snapshot)
  if (companions.length === 0) return null
  const tell = async (seatId: string, isHere: boolean) => {
    setIsBusy(true)
    setReply(await call.together(companyWith(companions, { seatId, isHere })))
    setIsBusy(false)
  }
  return (
    <fieldset className="vv-company">
      <legend className="vv-company__title">{t('company.title')}</legend>
      <p className="vv-soft">{t('company.hint')}</p>
      <div>
        {companions.map((one) => (
          <CompanionTick
            key={one.seatId}
            companion={one}
            isBusy={isBusy}
            onTick={(isHere) => void tell(one.seatId, isHere)}
          />
        ))}
      </div>
      {reply?.ok === false && <FailureNotice code={reply.code} />}
    </fieldset>
  )
}

type TickProps = {
  readonly companion: Companion
  readonly isBusy: boolean
  readonly onTick: (isHere: boolean) => void
}

function CompanionTick({ companion, isBusy, onTick }: TickProps) {
  const { t } = useTranslation()
  const { displayName, state, isHere, isFixed } = companion
  return (
    <CheckBox
      checked={isHere}
      disabled={isFixed}
      aria-disabled={isBusy || undefined}
      onChange={(event) => {
        if (!isBusy) onTick(event.target.checked)
      }}
    >
      {displayName} {isHere && <Tag>{t(`seat.${state}`)}</Tag>}
    </CheckBox>
  )
}

/** The same among the controls of a call: for who comes late, or goes. */
export function CompanyCallButton({ snapshot, call }: CompanyProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  if (companionsOf(snapshot).length === 0) return null
  return (
    <>
      <button type="button" className="vv-call-button" onClick={() => setIsOpen(true)}>
        <span className="vv-call-button__disc">
          <Icon name="people" size="1.6rem" />
        </span>
        {t('company.button')}
      </button>
      {isOpen && <CompanyDialog snapshot={snapshot} call={call} onClose={() => setIsOpen(false)} />}
    </>
  )
}

function CompanyDialog({ onClose, ...company }: CompanyProps & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog label={t('company.title')} onClose={onClose}>
      <Company {...company} />
      <p>{t('company.pauses')}</p>
      <Button look="secondary" onClick={onClose}>
        {t('company.close')}
      </Button>
    </Dialog>
  )
}
