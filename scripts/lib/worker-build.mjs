import path from 'node:path'
import { aptCommand, hasApt, installPackages, mayInstall, missingPackages } from './debian.mjs'
import { Problem } from './problem.mjs'
import { findOnPath, mustRun } from './run-command.mjs'

/** What the worker's sources need to be built against Debian's libraries. */
const BUILD_PACKAGES = [
  'g++',
  'meson',
  'ninja-build',
  'pkg-config',
  'flatbuffers-compiler',
  'libabsl-dev',
  'libflatbuffers-dev',
  'libsrtp2-dev',
  'libssl-dev',
  'libuv1-dev',
]

/** On a screen every file counts; in a log a line for each tenth is enough. */
const LOG_STEP_PERCENT = 10

/** @param {(text: string) => void} progress */
const requireBuildPackages = async (progress) => {
  if (!hasApt()) return requireTools()
  const missing = missingPackages(BUILD_PACKAGES)
  if (missing.length === 0) return
  if (mayInstall()) return installPackages(missing, progress)
  throw new Problem(
    'GitHub is out of reach, so the SFU worker must be built here, and Debian packages for that are missing.',
    `Run this, then the same command again:\n    ${aptCommand(missing)}`,
  )
}

/** On other systems package names differ; the tools' absence is the clearest sign. */
const requireTools = () => {
  const missing = ['g++', 'meson', 'ninja', 'pkg-config', 'flatc'].filter(
    (tool) => !findOnPath(tool),
  )
  if (missing.length === 0) return
  throw new Problem(
    `GitHub is out of reach, so the SFU worker must be built here, and ${missing.join(', ')} is missing.`,
    'Install it with the libraries uv, ssl, srtp2, absl and flatbuffers, go online, or set MEDIASOUP_WORKER_BIN.',
  )
}

/**
 * Reads ninja's `[n/m]` lines.
 * @param {(text: string) => void} progress @returns {(line: string) => void}
 */
export const ninjaProgress = (progress, isTTY = Boolean(process.stdout.isTTY)) => {
  const step = isTTY ? 0 : LOG_STEP_PERCENT
  let shown = 0
  return (line) => {
    const [, done, total] = line.match(/^\[(\d+)\/(\d+)\]/) ?? []
    if (!done || !total) return
    const percent = Math.floor((Number(done) / Number(total)) * 100)
    if (percent < shown + step || percent === 0) return
    shown = percent
    progress(`building from source, ${done} of ${total} files (${percent} %)`)
  }
}

/**
 * Builds the worker from the npm package's sources; about four minutes on two cores.
 * @param {{recipeDir: string, mediasoupDir: string, output: string}} paths
 * @param {(text: string) => void} progress
 */
export const buildWorker = async ({ recipeDir, mediasoupDir, output }, progress) => {
  await requireBuildPackages(progress)
  progress('building from source, about 4 minutes on two cores')
  await mustRun('bash', [path.join(recipeDir, 'build-worker.sh'), mediasoupDir, output], {
    detached: true,
    onLine: ninjaProgress(progress),
    cure: 'Send this output to the project, or set MEDIASOUP_WORKER_BIN to a worker of your own.',
  })
}
