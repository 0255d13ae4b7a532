/**
 * Which tiles belong to the second screen. What is there stays there as long as the two are about even:
 * an officer who has seen a visit to the left finds it to the left.
 */

/** Shares `tiles`, in the order of the wall, out between two screens; gives the second one's. Pure. */
export function shareOut(
  tiles: readonly string[],
  before: ReadonlySet<string>,
): ReadonlySet<string> {
  const least = Math.floor(tiles.length / 2)
  const most = Math.ceil(tiles.length / 2)
  const theirs = tiles.filter((visitId) => before.has(visitId))
  const ours = tiles.filter((visitId) => !before.has(visitId))
  // The most urgent are first: they come to the first screen, and the calmest go to the second.
  const back = theirs.slice(0, Math.max(0, theirs.length - most))
  const given = ours.slice(ours.length - Math.max(0, least - theirs.length))
  return new Set([...theirs.filter((visitId) => !back.includes(visitId)), ...given])
}
