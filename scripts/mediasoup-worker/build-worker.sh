#!/usr/bin/env bash
# Builds mediasoup's worker from the sources in its npm package, for machines that cannot download
# the prebuilt one. Everything it links comes from the system (package names: scripts/lib/worker.mjs).
# Usage: build-worker.sh PACKAGE_DIR OUTPUT_FILE    (PACKAGE_DIR is node_modules/mediasoup)
set -euo pipefail
package=$1
output=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp -r "$package/worker" "$work/worker"
cd "$work/worker"
rm -rf subprojects
# mediasoup asks for its libraries as downloaded subprojects; the overlay answers with the system's.
cp -r "$here/overlay" subprojects

# The sources ask for meson 1.1, use nothing beyond 1.0, and Debian 12 brings 1.0.1.
sed -i "s/meson_version: '>= 1.1.0'/meson_version: '>= 1.0.0'/" meson.build

# A distribution's OpenSSL is built with kernel TLS, so it sends BIO_get_ktls_send() through the
# worker's BIO callback. Compared by equality, a call whose type carries further bits is answered 1
# instead of its real result; OpenSSL then believes in kernel TLS, allocates no write buffer, and
# the first DTLS handshake ends in a segmentation fault. Testing the bit hands every result on.
dtls=src/RTC/DtlsTransport.cpp
sed -i 's/(operationType == BIO_CB_RETURN)/(operationType \& BIO_CB_RETURN)/' "$dtls"
grep -q 'operationType & BIO_CB_RETURN' "$dtls" || {
  echo "$dtls has changed: look again at how it treats BIO_CB_RETURN" >&2
  exit 1
}

meson setup build --buildtype release -Db_ndebug=true --wrap-mode=nodownload
ninja -C build mediasoup-worker
install -D -m 755 -s build/mediasoup-worker "$output"
