import { useTerminal } from '../../flow/terminal.ts'
import type { DeskSection, SignedInInmate } from '../../flow/screens.ts'
import { DeskHome } from './DeskHome.tsx'
import { NoticesSection } from './NoticesSection.tsx'
import { RecordedSection } from './RecordedSection.tsx'
import { RequestsSection } from './RequestsSection.tsx'
import { RingSection } from './RingSection.tsx'
import { VisitsSection } from './VisitsSection.tsx'

type DeskProps = { readonly inmate: SignedInInmate; readonly section: DeskSection }

/** What an inmate does at a terminal without a visit, one thing at a time. */
export function DeskScreen({ inmate, section }: DeskProps) {
  const { tell } = useTerminal()
  const back = () => tell({ what: 'backPressed' })
  switch (section) {
    case 'home':
      return <DeskHome inmate={inmate} />
    case 'visits':
      return <VisitsSection onBack={back} />
    case 'requests':
      return <RequestsSection onBack={back} />
    case 'notices':
      return <NoticesSection onBack={back} />
    case 'recorded':
      return <RecordedSection onBack={back} />
    case 'ring':
      return <RingSection onBack={back} />
  }
}
