import { readFileSync } from 'node:fs'
import path from 'node:path'
import { aptCommand, hasApt, installPackages, mayInstall } from './debian.mjs'
import { inRoot, isRoot } from './paths.mjs'
import { findOnPath, isExecutable } from './run-command.mjs'

const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** @returns {string | undefined} FFMPEG_PATH, then ffmpeg-static's file, then the system's ffmpeg */
export const findFfmpeg = (env = process.env) => {
  if (env.FFMPEG_PATH) return isExecutable(env.FFMPEG_PATH) ? env.FFMPEG_PATH : undefined
  const bundled = inRoot('node_modules/ffmpeg-static/ffmpeg')
  return isExecutable(bundled) ? bundled : findOnPath('ffmpeg')
}

/** @returns {string | undefined} CHROMIUM_PATH, or a browser of Chromium's family */
export const findChromium = (env = process.env) => {
  if (env.CHROMIUM_PATH) return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined
  const found = findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
  return found ?? (isExecutable(MAC_CHROME) ? MAC_CHROME : undefined)
}

/** @returns {string | undefined} */
export const findOpenssl = () => findOnPath('openssl')

/** @param {string} name Debian's package @returns {string} how a person installs it here */
export const installCure = (name) => {
  if (hasApt()) return aptCommand([name])
  const become = isRoot ? '' : 'sudo '
  return process.platform === 'darwin'
    ? `brew install ${name}`
    : `install ${name} with your system’s package manager (${become}dnf, pacman, zypper …)`
}

/**
 * Installs a program that the rest can do without.
 * @param {{name: string, variable: string, env: NodeJS.ProcessEnv, find: () => string | undefined, without: string}} tool
 *   variable: names the program's file; without: what does not work then
 * @param {(text: string) => void} progress
 * @returns {Promise<string | undefined>} a warning when it could not be installed
 */
export const provideTool = async ({ name, variable, env, find, without }, progress) => {
  if (env[variable]) return `${variable} is ${env[variable]}, and that is no program; ${without}`
  if (mayInstall()) await installPackages([name], progress)
  return find() ? undefined : `missing; ${without}. To have it: ${installCure(name)}`
}

/** @param {string} name package in node_modules @returns {string} its version */
export const installedVersion = (name) =>
  JSON.parse(readFileSync(path.join(inRoot('node_modules', name), 'package.json'), 'utf8')).version
