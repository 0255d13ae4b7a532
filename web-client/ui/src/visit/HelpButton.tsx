import type { Reply, SeatCall } from '@visavis/call'
import type { HelpNeed } from '@visavis/contract/help-kinds'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, FailureNotice, Icon } from '../index.ts'

type Helped = { readonly call: Pick<SeatCall, 'help'> }

/** The trouble button among the controls of a call (OV-9). */
export function HelpCallButton({ call }: Helped) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" className="vv-call-button" onClick={() => setIsOpen(true)}>
        <span className="vv-call-button__disc">
          <Icon name="help" size="1.6rem" />
        </span>
        {t('help.button')}
      </button>
      {isOpen && <HelpDialog call={call} onClose={() => setIsOpen(false)} />}
    </>
  )
}

/** The trouble button of a page with words: a lobby. */
export function HelpLobbyButton({ call }: Helped) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button look="secondary" onClick={() => setIsOpen(true)}>
        <Icon name="help" size="1.2em" />
        {t('help.button')}
      </Button>
      {isOpen && <HelpDialog call={call} onClose={() => setIsOpen(false)} />}
    </>
  )
}

/** The contract's needs in the order of the dialog; an object, so that the compiler misses none. */
const NEEDS: Readonly<Record<HelpNeed, true>> = {
  NO_SOUND: true,
  NO_PICTURE: true,
  NOT_HEARD: true,
  OTHER: true,
}
const NEED_LIST = Object.keys(NEEDS) as readonly HelpNeed[]

/** What is wrong: one touch calls an officer. */
function HelpDialog({ call, onClose }: Helped & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [isBusy, setIsBusy] = useState(false)
  const [reply, setReply] = useState<Reply | null>(null)
  const ask = async (need: HelpNeed) => {
    setIsBusy(true)
    const answer = await call.help(need)
    setIsBusy(false)
    if (answer.ok) onClose()
    else setReply(answer)
  }
  return (
    <Dialog title={t('help.title')} onClose={onClose}>
      <p>{t('help.intro')}</p>
      <div className="vv-help__needs">
        {NEED_LIST.map((need) => (
          <Button key={need} isWide isBusy={isBusy} onClick={() => void ask(need)}>
            {t(`help.need.${need}`)}
          </Button>
        ))}
      </div>
      {reply?.ok === false && <FailureNotice code={reply.code} />}
      <Button look="secondary" onClick={onClose}>
        {t('help.close')}
      </Button>
    </Dialog>
  )
}
