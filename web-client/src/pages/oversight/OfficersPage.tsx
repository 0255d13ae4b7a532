import { CheckBox, FailureNotice, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { Done } from '../office/parts/Done.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useAct } from '../office/parts/use-act.ts'

/** The facility's officers, and who of them leads shifts. */
export function OfficersPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [told, tell] = useState<string | null>(null)
  const loaded = useResource(useCallback(() => call('officers', {}), [call]))
  const set = async (officerId: string, isShiftLeader: boolean, reload: () => void) => {
    tell(null)
    const saved = await act.run(() =>
      call('setShiftLeader', { params: { officerId }, body: { isShiftLeader } }),
    )
    if (saved !== null) tell(t('oversight.officers.saved'))
    reload()
  }
  return (
    <OfficeFrame title={t('oversight.officers.title')}>
      <p>{t('oversight.officers.intro')}</p>
      <Done words={told} />
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <Loaded from={loaded}>
        {({ officers }, reload) => (
          <OfficerTable
            officers={officers}
            isBusy={act.isBusy}
            onSet={(officerId, isLeader) => void set(officerId, isLeader, reload)}
          />
        )}
      </Loaded>
    </OfficeFrame>
  )
}

type TableProps = {
  readonly officers: Reply<'officers'>['officers']
  readonly isBusy: boolean
  readonly onSet: (officerId: string, isShiftLeader: boolean) => void
}

function OfficerTable({ officers, isBusy, onSet }: TableProps) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <thead>
        <tr>
          <th scope="col">{t('oversight.officers.name')}</th>
          <th scope="col">{t('oversight.officers.leads')}</th>
        </tr>
      </thead>
      <tbody>
        {officers.map(({ officerId, name, isShiftLeader }) => (
          <tr key={officerId}>
            <th scope="row">{name}</th>
            <td data-label={t('oversight.officers.leads')}>
              <CheckBox
                checked={isShiftLeader}
                disabled={isBusy}
                onChange={({ target }) => onSet(officerId, target.checked)}
              >
                <span className="govuk-visually-hidden">
                  {t('oversight.officers.leadsOf', { name })}
                </span>
              </CheckBox>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
