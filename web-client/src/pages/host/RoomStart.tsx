import { Button, Page, PageHeading, buttonClass } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'

/** A room device that is signed in: on to its visit, or done with it. */
export function RoomStart({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { signOut } = useSession()
  return (
    <Page>
      <div className="vv-stack">
        <PageHeading>{t('room.readyTitle')}</PageHeading>
        <p>{t('room.readyBody')}</p>
        <p>
          <Link to={`/visits/${visitId}/check`} className={buttonClass({ isWide: true })}>
            {t('room.go')}
          </Link>
        </p>
        <div>
          <Button look="secondary" isWide onClick={() => void signOut()}>
            {t('room.done')}
          </Button>
        </div>
      </div>
    </Page>
  )
}
