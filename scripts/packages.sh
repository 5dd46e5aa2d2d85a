# Sourced by quickstart, check and bench: installs Debian packages when something is missing.
# shellcheck shell=bash

say() { printf '%s: %s\n' "${0##*/}" "$*"; }

# need PACKAGE...: installs those that are missing; the log is build/install.log.
need() {
	local missing=() sudo=() package
	for package; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
	done
	if [[ ${#missing[@]} == 0 ]]; then
		say 'all packages are there'
		return
	fi
	if ! command -v apt-get >/dev/null; then
		say "no apt-get here: please install what these Debian packages hold: ${missing[*]}" >&2
		return 1
	fi
	if [[ $(id -u) != 0 ]]; then
		command -v sudo >/dev/null || {
			say "become root, or install these packages: ${missing[*]}" >&2
			return 1
		}
		sudo=(sudo)
	fi
	say "installing ${missing[*]}"
	mkdir -p build
	if ! {
		"${sudo[@]}" apt-get -qy update || { sleep 10 && "${sudo[@]}" apt-get -qy update; }
		"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "${missing[@]}"
	} >build/install.log 2>&1 </dev/null; then
		tail -n 20 build/install.log >&2
		say 'the packages could not be installed; the whole log is build/install.log' >&2
		return 1
	fi
}

# lacking COMMAND PACKAGE ...: the packages whose command is not there; another package may bring it.
lacking() {
	while (($#)); do
		command -v "$1" >/dev/null || echo "$2"
		shift 2
	done
}

# shellcheck disable=SC2034 # for those who source this
build_packages=(gcc libc6-dev make pkgconf libcsv-dev libjansson-dev libpcre2-dev libsodium-dev libsqlite3-dev
	libunistring-dev libpango1.0-dev libqpdf-dev libzip-dev libseccomp-dev libglpk-dev libexpat1-dev libpq-dev fonts-open-sans fonts-dejavu-core gettext)
