import type { LocalMedia } from '@visavis/call'
import { Button, MonitorNotice, PageHeading, useStore } from '@visavis/ui'
import { DeviceTrouble, PreflightPanel, SelfPicture, troubleOf } from '@visavis/ui/visit/index.ts'
import type { VisitOfMine } from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { thisDevice } from '../../device/this-device.ts'
import { useTerminal } from '../../flow/terminal.ts'

type ReadyProps = { readonly visit: VisitOfMine; readonly media: LocalMedia }

/** One's own picture and voice, and what is watched and recorded, before anybody else is told (OV-3). */
export function ReadyScreen({ visit, media }: ReadyProps) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const trouble = troubleOf(useStore(media))
  return (
    <TerminalFrame>
      <div className="vv-two">
        <div className="vv-stack vv-stack--near vv-two__picture">
          <SelfPicture media={media} />
          <MonitorNotice policy={visit.notice} />
        </div>
        <div className="vv-stack vv-stack--near">
          <PageHeading>{t('ready.title')}</PageHeading>
          {trouble === null ? (
            <p>{t('ready.intro')}</p>
          ) : (
            <DeviceTrouble trouble={trouble} onRetry={() => void media.start()} />
          )}
          <div className="vv-row">
            <Button
              look={trouble === null ? 'primary' : 'secondary'}
              onClick={() => tell({ what: 'readyPressed' })}
            >
              {t(trouble === null ? 'ready.go' : `ready.${trouble.goOn}`)}
            </Button>
            <Button look="secondary" onClick={() => tell({ what: 'backPressed' })}>
              {t('common.back')}
            </Button>
          </div>
          {/* Below the way on, which must be in sight on the smallest screen. */}
          <PreflightPanel
            {...{ media, visitId: visit.visitId }}
            signInAs="inmate"
            proveDevice={thisDevice.proveSocket}
          />
        </div>
      </div>
    </TerminalFrame>
  )
}
