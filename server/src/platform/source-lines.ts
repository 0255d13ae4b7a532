import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import type { SourceMapPayload } from 'node:module'
import { dirname, join } from 'node:path'

/** A place as a stack trace names it: file, line and column, both from 1. */
const PLACE = /(?:file:\/\/)?(?<at>\/[^\s()]+):(?<line>\d+):(?<column>\d+)/

/**
 * Lets stack traces name the source of `file`, if that is a bundle with a map beside it. Node's own switch
 * reads every map at the start and makes that a sixth longer; here the first trace that is looked at does.
 */
export function nameSourceLines(file: string): void {
  if (!existsSync(`${file}.map`)) return
  let map: SourceMap | null = null
  const sourceOf = (place: string): string => {
    const { at, line, column } = PLACE.exec(place)?.groups ?? {}
    if (at !== file) return place
    map ??= mapOf(file)
    // Counted from 0, unlike in traces.
    const origin = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in origin)) return place
    const source = join(dirname(file), origin.originalSource)
    return place.replace(PLACE, `${source}:${origin.originalLine + 1}:${origin.originalColumn + 1}`)
  }
  Error.prepareStackTrace = (error, sites) =>
    [String(error), ...sites.map(String).map((site) => `    at ${sourceOf(site)}`)].join('\n')
}

function mapOf(file: string): SourceMap {
  return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload)
}
