/** What a terminal's key signs. Free of zod, so that pages can load it. */

/** The header with which a page says that the terminal's cookie beside it is its own. */
export const PAGE_HEADER = 'x-visavis-page'
/** WebCrypto's name of what terminals sign with; signatures are r and s, 32 bytes each (IEEE P1363). */
export const TERMINAL_KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const TERMINAL_SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const
/** Another version of the statements would be another word here. */
const VERSION = 'visavis terminal 1'

/** A device becomes a terminal by the code, as it was typed. `pageHash`: SHA-256 of the page's secret, in hex. */
export type EnrolStatement = {
  readonly purpose: 'ENROL'
  readonly code: string
  readonly pageHash: string
}
/** A page asks for a device session; `lastSessionId`: the newest one that this device was given. */
export type ConnectStatement = {
  readonly purpose: 'CONNECT'
  readonly terminalId: string
  readonly lastSessionId: string | null
  readonly pageHash: string
}
/** A page that holds a device session opens a socket. */
export type SocketStatement = {
  readonly purpose: 'SOCKET'
  readonly terminalId: string
  readonly sessionId: string
}
export type TerminalStatement = EnrolStatement | ConnectStatement | SocketStatement

/** What is signed with each proof: the server's nonce and the origin that the page is of. */
export type ProofGround = { readonly nonce: string; readonly origin: string }

/** The one text, in UTF-8, that a key signs for a statement; no two statements have the same. */
export function statementText(ground: ProofGround, statement: TerminalStatement): string {
  const head = [VERSION, statement.purpose, ground.origin, ground.nonce]
  return JSON.stringify([...head, ...factsOf(statement)])
}

function factsOf(statement: TerminalStatement): readonly (string | null)[] {
  switch (statement.purpose) {
    case 'ENROL':
      return [statement.code, statement.pageHash]
    case 'CONNECT':
      return [statement.terminalId, statement.lastSessionId, statement.pageHash]
    case 'SOCKET':
      return [statement.terminalId, statement.sessionId]
  }
}
