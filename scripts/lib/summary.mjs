/** @param {[string, string][]} rows @returns {string} */
const table = (rows) => {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`).join('\n')
}

/**
 * The last thing that `npm start` prints: where to go and how to sign in.
 * @param {{origin: string, startedInMs: number, signIns: string, isLan: boolean, isSignInDemo: boolean}} facts
 * @returns {string}
 */
export const summary = ({ origin, startedInMs, signIns, isLan, isSignInDemo }) =>
  [
    '',
    `  Vis-à-vis is running (ready in ${(startedInMs / 1000).toFixed(1)} s)`,
    '',
    table([
      ['Families and staff', origin],
      ['Terminal', `${origin}/terminal/`],
      ['API documentation', `${origin}/api/docs`],
    ]),
    ...(isLan
      ? ['', '  The certificate was made on this machine, so each browser warns about it once.']
      : []),
    ...(isSignInDemo
      ? [
          '',
          '  ! DEMO: STAFF SIGN IN BY PASSWORD ALONE (STAFF_SIGN_IN=demo). Never use this with real people;',
          '    with STAFF_SIGN_IN=passkey they need a passkey (npm run account:code -- LOGIN begins one).',
        ]
      : []),
    ...(signIns ? ['', signIns.replace(/^(?=.)/gm, '  ')] : []),
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n')
