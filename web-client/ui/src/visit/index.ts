/**
 * What both clients show of a visit. An entry of its own: it brings the call engine, which pages without
 * a camera never load.
 */
export { CallStage } from './CallStage.tsx'
export { DeviceTrouble } from './DeviceTrouble.tsx'
export { HelpLobbyButton } from './HelpButton.tsx'
export { HelpNotice } from './HelpNotice.tsx'
export { LineBars } from './LineBars.tsx'
export { PreflightPanel } from './PreflightPanel.tsx'
export { Company } from './Company.tsx'
export { WaitingWords } from './WaitingWords.tsx'
export { QualityChoices } from './QualityChoices.tsx'
export { SelfPicture } from './SelfPicture.tsx'
export { playChime } from './chime.ts'
export { troubleOf } from './device-trouble.ts'
export type { Trouble } from './device-trouble.ts'
export { useNames } from './use-names.ts'
export { useOtherNames } from './use-other-names.ts'
export { groupVisits } from './visit-list.ts'
export type { VisitGroups, VisitOfMine } from './visit-list.ts'
export { viewOf } from './visit-view.ts'
export type { JoinedState, VisitView } from './visit-view.ts'
