/** @param {[string, string][]} rows @returns {string} */
const table = (rows) => {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`).join('\n')
}

/**
 * The last thing that `npm start` prints: where to go and how to sign in.
 * @param {{origin: string, startedInMs: number, signIns: string, isLan: boolean}} facts
 * @returns {string}
 */
export const summary = ({ origin, startedInMs, signIns, isLan }) =>
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
    ...(signIns ? ['', signIns.replace(/^(?=.)/gm, '  ')] : []),
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n')
