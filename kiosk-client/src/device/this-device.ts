import { createApi } from '@visavis/ui/api/api.ts'
import { createDeviceSession } from './device-session.ts'
import { createDeviceStore } from './device-store.ts'

/** The device that this page runs on. */
export const thisDevice = createDeviceSession({
  store: createDeviceStore(),
  call: createApi({
    terminalNonce: ['POST', '/api/terminal/nonces'],
    enrolTerminal: ['POST', '/api/terminal/enrol'],
    connectTerminal: ['POST', '/api/terminal/connections'],
  }),
})
