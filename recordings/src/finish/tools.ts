import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import type { RecordingResult } from '@visavis/contract/recording-result'
import type { Ffmpeg } from '../derive/ffmpeg.ts'

const Package = z.object({ version: z.string() })
const require = createRequire(import.meta.url)

/** Name and version of all that has made the files, for whoever wants to make them again. */
export function toolsOf(ffmpeg: Ffmpeg | null): RecordingResult['tools'] {
  const tools = [
    { name: 'visavis-recorder', version: versionIn(require.resolve('../../package.json')) },
    { name: 'node', version: process.versions.node },
    { name: 'mediabunny', version: versionIn(packageFileOf('mediabunny')) },
  ]
  return ffmpeg ? [...tools, { name: 'ffmpeg', version: ffmpeg.version }] : tools
}

function versionIn(file: string): string {
  return Package.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}

/** Found from its entry: it does not export its description. */
function packageFileOf(name: string): string {
  const entry = require.resolve(name)
  return `${entry.slice(0, entry.lastIndexOf(`/${name}/`))}/${name}/package.json`
}
