import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildWorker } from './worker-build.mjs'
import { cacheDir, inRoot, projectNode } from './paths.mjs'
import { Problem } from './problem.mjs'
import { exitCodeOf, runCommand } from './run-command.mjs'
import { hashFiles } from './stamps.mjs'

export const mediasoupDir = inRoot('node_modules/mediasoup')

const recipeDir = inRoot('scripts/mediasoup-worker')

/** What the worker answers when it is started without the variable that its parent sets. */
const NO_PARENT_EXIT_CODE = 41

/** A machine that reaches GitHub at all answers well within this. */
const PROBE_TIMEOUT_MS = 5_000

const packageJson = () => JSON.parse(readFileSync(path.join(mediasoupDir, 'package.json'), 'utf8'))

/**
 * Where this machine's worker is kept. The name carries everything that the binary depends on, so a
 * new version of mediasoup or of our recipe never meets an old binary.
 * @returns {string}
 */
export const cachedWorkerPath = () => {
  const recipe = hashFiles([recipeDir], recipeDir).slice(0, 8)
  const { version } = packageJson()
  return path.join(
    cacheDir,
    `mediasoup-worker-${version}-${process.platform}-${process.arch}-${recipe}`,
  )
}

/** @param {string} file @returns {boolean} whether it starts here (a system upgrade can break it) */
export const doesWorkerRun = (file) =>
  existsSync(file) && exitCodeOf(file, [], {}) === NO_PARENT_EXIT_CODE

/** @returns {string} the worker that this project will run: MEDIASOUP_WORKER_BIN, or the cached one */
export const workerPath = (env = process.env) => env.MEDIASOUP_WORKER_BIN || cachedWorkerPath()

/** @returns {boolean} @throws {Problem} when MEDIASOUP_WORKER_BIN names something that does not run */
export const isWorkerReady = (env = process.env) => {
  const given = env.MEDIASOUP_WORKER_BIN
  if (given && !doesWorkerRun(given)) {
    throw new Problem(
      `MEDIASOUP_WORKER_BIN is ${given}, and that is no mediasoup worker that runs here.`,
      'Correct the variable, or unset it and set-up will provide a worker.',
    )
  }
  return Boolean(given) || (existsSync(mediasoupDir) && doesWorkerRun(cachedWorkerPath()))
}

/** @returns {string} where mediasoup's own script downloads from; it reads the same variable */
const releasesUrl = () => {
  const { repository, version } = packageJson()
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || `${home}/releases/download`
  return `${base}/${version}/`
}

const canDownload = async () => {
  try {
    await fetch(releasesUrl(), { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    return true
  } catch {
    return false
  }
}

/** @returns {Promise<string | undefined>} mediasoup's prebuilt worker, undefined: none for this machine */
const downloadWorker = async () => {
  const downloaded = path.join(mediasoupDir, 'worker/out/Release/mediasoup-worker')
  // Its fallback would build with Python packages from PyPI; ours needs neither, so that one is cut off.
  const env = { ...process.env, PYTHON: 'false' }
  const options = { cwd: mediasoupDir, env }
  await runCommand(projectNode(), ['npm-scripts.mjs', 'postinstall'], options)
  return doesWorkerRun(downloaded) ? downloaded : undefined
}

/** Puts the worker in the cache in one move, so that nobody starts half a file. @param {string} file */
const keepWorker = (file) => {
  const kept = cachedWorkerPath()
  const partial = `${kept}.${process.pid}`
  mkdirSync(cacheDir, { recursive: true })
  copyFileSync(file, partial)
  renameSync(partial, kept)
}

/**
 * Provides the SFU worker: mediasoup's prebuilt one where GitHub is in reach, else built from source.
 * @param {(text: string) => void} progress
 */
export const provideWorker = async (progress) => {
  const downloaded = (await canDownload()) ? await downloadWorker() : undefined
  if (downloaded) return keepWorker(downloaded)
  const built = `${cachedWorkerPath()}.build-${process.pid}`
  try {
    await buildWorker({ recipeDir, mediasoupDir, output: built }, progress)
    keepWorker(built)
  } finally {
    rmSync(built, { force: true })
  }
}
