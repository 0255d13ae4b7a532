import { X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { stateDir } from './paths.mjs'
import { Problem } from './problem.mjs'
import { mustRun } from './run-command.mjs'
import { findOpenssl, installCure } from './tools.mjs'

/** Browsers refuse a server certificate that is valid for longer than 398 days. */
const VALID_DAYS = 397

/** A certificate that ends tomorrow would end during somebody's visit. */
const RENEW_BEFORE_MS = 7 * 24 * 60 * 60 * 1000

/** @typedef {{certFile: string, keyFile: string}} CertificateFiles */

/** @param {string} [folder] @returns {CertificateFiles} */
export const certificateFiles = (folder = path.join(stateDir, 'tls')) => ({
  certFile: path.join(folder, 'certificate.pem'),
  keyFile: path.join(folder, 'key.pem'),
})

/**
 * @param {string[]} addresses @param {CertificateFiles} files
 * @returns {boolean} whether the certificate is for all these addresses, and for some time to come
 */
export const isCertificateGood = (addresses, { certFile, keyFile }) => {
  if (!existsSync(certFile) || !existsSync(keyFile)) return false
  const certificate = new X509Certificate(readFileSync(certFile))
  const isLasting = Date.parse(certificate.validTo) - Date.now() > RENEW_BEFORE_MS
  return isLasting && addresses.every((address) => certificate.checkIP(address))
}

/** @param {string[]} addresses @param {CertificateFiles} files @returns {string[]} */
const opensslArgs = (addresses, { certFile, keyFile }) => {
  const names = ['DNS:localhost', ...['127.0.0.1', ...addresses].map((address) => `IP:${address}`)]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=Vis-a-vis on this network', '-days', String(VALID_DAYS)]
  const extensions = [`subjectAltName=${names.join(',')}`, 'extendedKeyUsage=serverAuth']
  return ['req', '-x509', ...key, '-keyout', keyFile, '-out', certFile, ...subject].concat(
    extensions.flatMap((extension) => ['-addext', extension]),
  )
}

/**
 * A self-signed certificate for this machine's addresses: made on first use, and again when they
 * change. A browser warns once; after that, cameras work as on any secure page.
 * @param {string[]} addresses @param {string} [folder] @returns {Promise<CertificateFiles>}
 */
export const provideCertificate = async (addresses, folder) => {
  const files = certificateFiles(folder)
  if (isCertificateGood(addresses, files)) return files
  const openssl = findOpenssl()
  if (!openssl)
    throw new Problem('HTTPS needs a certificate, and openssl is missing.', installCure('openssl'))
  mkdirSync(path.dirname(files.certFile), { recursive: true, mode: 0o700 })
  await mustRun(openssl, opensslArgs(addresses, files))
  chmodSync(files.keyFile, 0o600)
  return files
}
