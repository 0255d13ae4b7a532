export type { RouterInfo } from '@visavis/contract/media-control'
export type { ConsumerInfo, TransportInfo } from '@visavis/contract/rtc'
