#!/bin/sh
# Sees to it that what the named groups need is on this machine: build, lab, test, check, judges, guide.
#
#	deps.sh build test          installs what is missing with apt, by sudo when not root
#	DEPS=skip deps.sh build     leaves the machine alone and names what is missing
#	deps.sh --names build       prints the package names for this system
#
# What counts is whether the thing works, not which package it came from: each need has a probe.
set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
stamps=${BUILD:-build}/deps
newest_tested="19 18 20 21 22 23 24"

needs_of() {
	case $1 in
	build) echo gcc pkg-config libclang cjson fyaml ;;
	lab) echo gcc pkg-config sqlite3 curl microhttpd zlib fyaml ;;
	test) echo g++ clang cmocka python3 jsonschema npm xmllint chromium zsh fish mandoc git cmake ninja meson lintian node ;;
	check) echo clang-format valgrind ;;
	judges) echo go protobuf ;;
	guide) echo python3 pandoc weasyprint poppler inter jetbrains charis ;;
	*) return 1 ;;
	esac
}

is_there() {
	case $1 in
	gcc) command -v gcc && echo '#include <stdio.h>' | gcc -E - ;;
	g++) command -v g++ && echo '#include <memory>' | g++ -x c++ -E - ;;
	pkg-config | python3 | npm | valgrind | go | xmllint | zsh | fish | mandoc | git | cmake | ninja | meson | node) command -v "$1" ;;
	lintian) [ "$(system)" != apt ] || command -v lintian ;;
	libclang) sh "$here/llvm.sh" include ;;
	clang | clang-format) sh "$here/llvm.sh" "$1" ;;
	cjson | fyaml) pkg-config --exists "lib$1" ;;
	# where apt has none (Ubuntu's is a snap), the test of the page says that it had no browser
	chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ||
		{ [ "$(system)" = apt ] && ! needs_lists && ! is_available chromium; } ;;
	cmocka | sqlite3 | zlib) pkg-config --exists "$1" ;;
	curl | microhttpd) pkg-config --exists "lib$1" ;;
	jsonschema) sh "$here/python.sh" ;;
	pandoc) command -v pandoc ;;
	poppler) command -v pdfinfo && command -v pdftotext && command -v pdffonts && command -v pdftohtml ;;
	weasyprint) sh "$here/python.sh" weasyprint ;;
	inter) fc-list : family | grep -q '^Inter' ;;
	jetbrains) fc-list : family | grep -q '^JetBrains Mono' ;;
	charis) fc-list : family | grep -q '^Charis SIL' ;;
	protobuf) command -v protoc && sh "$here/python.sh" google.protobuf ;;
	esac >/dev/null 2>&1
}

missing_of() {
	for need in "$@"; do
		is_there "$need" || echo "$need"
	done
}

# Which family of package names this system uses.
system() {
	if command -v apt-get >/dev/null 2>&1; then
		echo apt
	elif command -v brew >/dev/null 2>&1 || [ "$(uname -s)" = Darwin ]; then
		echo brew
	elif command -v dnf >/dev/null 2>&1; then
		echo dnf
	elif command -v pacman >/dev/null 2>&1; then
		echo pacman
	elif command -v apk >/dev/null 2>&1; then
		echo apk
	else
		echo unknown
	fi
}

# "-" where the system has no such package.
package() { # need  apt  dnf  pacman  apk  brew
	while read -r need apt dnf pacman apk brew; do
		[ "$need" = "$1" ] || continue
		case $(system) in
		apt) echo "$apt" ;;
		dnf) echo "$dnf" ;;
		pacman) echo "$pacman" ;;
		apk) echo "$apk" ;;
		brew) echo "$brew" ;;
		unknown) echo "$need" ;;
		esac
	done <<-TABLE | tr , ' '
		gcc gcc,libc6-dev gcc gcc gcc,musl-dev gcc
		pkg-config pkg-config pkgconf-pkg-config pkgconf pkgconf pkgconf
		libclang libclang-LLVM-dev clang-devel clang clang-dev llvm
		cjson libcjson-dev cjson-devel cjson cjson-dev cjson
		fyaml libfyaml-dev libfyaml-devel libfyaml libfyaml-dev libfyaml
		sqlite3 libsqlite3-dev sqlite-devel sqlite sqlite-dev sqlite
		curl libcurl4-openssl-dev libcurl-devel curl curl-dev curl
		microhttpd libmicrohttpd-dev libmicrohttpd-devel libmicrohttpd libmicrohttpd-dev libmicrohttpd
		zlib zlib1g-dev zlib-devel zlib zlib-dev zlib
		g++ g++ gcc-c++ gcc g++ gcc
		cmocka libcmocka-dev libcmocka-devel cmocka cmocka-dev cmocka
		python3 python3 python3 python python3 python
		jsonschema python3-jsonschema python3-jsonschema python-jsonschema py3-jsonschema -
		npm npm nodejs-npm npm npm node
		chromium chromium chromium chromium chromium -
		go golang-go golang go go go
		protobuf python3-protobuf,protobuf-compiler,libprotobuf-dev python3-protobuf,protobuf-compiler python-protobuf,protobuf py3-protobuf,protoc -
		pandoc pandoc pandoc-cli pandoc-cli pandoc-cli pandoc
		weasyprint weasyprint weasyprint python-weasyprint weasyprint weasyprint
		poppler poppler-utils poppler-utils poppler poppler-utils poppler
		inter fontconfig,fonts-inter fontconfig,rsms-inter-fonts fontconfig,inter-font fontconfig,font-inter font-inter
		jetbrains fonts-jetbrains-mono jetbrains-mono-fonts ttf-jetbrains-mono font-jetbrains-mono font-jetbrains-mono
		charis fonts-sil-charis sil-charis-fonts - - font-charis-sil
		zsh zsh zsh zsh zsh zsh
		fish fish fish fish fish fish
		mandoc mandoc mandoc mandoc mandoc mandoc
		git git git git git git
		cmake cmake cmake cmake cmake cmake
		ninja ninja-build ninja-build ninja ninja ninja
		meson meson meson meson meson meson
		lintian lintian - - - -
		node nodejs nodejs nodejs nodejs node
		xmllint libxml2-utils libxml2 libxml2 libxml2-utils libxml2
		clang clang-LLVM clang clang clang llvm
		clang-format clang-format-LLVM clang-tools-extra clang clang-extra-tools llvm
		valgrind valgrind valgrind valgrind valgrind -
	TABLE
}

is_available() {
	apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'
}

# The LLVM whose packages to ask for: the one whose headers are here, else the best on offer.
llvm_major() {
	found=$(sh "$here/llvm.sh" include | sed -n 's/.*llvm-\([0-9]*\).*/\1/p')
	if [ -n "$found" ] && is_available "clang-$found"; then
		echo "$found"
		return
	fi
	for major in $newest_tested; do
		is_available "libclang-$major-dev" && echo "$major" && return
	done
	return 1
}

names_of() {
	names=
	for need in "$@"; do
		names="$names $(package "$need")"
	done
	case $names in
	*LLVM*) names=$(echo "$names" | sed "s/LLVM/$(llvm_major || echo 19)/g") ;;
	esac
	echo "$names" | tr ' ' '\n' | grep -v -e '^-$' -e '^$' | awk '!seen[$0]++' | tr '\n' ' ' | sed 's/ $//'
}

# "apt-get update" only when a name has no candidate: fresh images carry no lists.
needs_lists() {
	llvm_major >/dev/null || return 0
	for name in "$@"; do
		is_available "$name" || return 0
	done
	return 1
}

fail() {
	echo "$*" >&2
	exit 1
}

install_with_apt() {
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null 2>&1 ||
			fail "otel-tidy: missing packages and no sudo; as root: apt-get install $(names_of "$@")"
		as_root=sudo
	fi
	mkdir -p "$stamps"
	log=$stamps/apt.log
	apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300"
	names=$(names_of "$@")
	: >"$log"
	is_updated=no
	# shellcheck disable=SC2086 # both are lists of words
	if needs_lists $names; then
		echo "otel-tidy: package lists are missing, running: ${as_root:+sudo }apt-get update"
		$apt update >>"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "apt-get update failed (whole log: $log)"; }
		is_updated=yes
		names=$(names_of "$@")
	fi
	echo "otel-tidy: installing: $names"
	# shellcheck disable=SC2086
	$apt install --no-install-recommends $names >>"$log" 2>&1 && return
	if [ $is_updated = no ]; then # the lists were too old
		echo "otel-tidy: that failed; once more with fresh package lists"
		# shellcheck disable=SC2086
		$apt update >>"$log" 2>&1 && $apt install --no-install-recommends $names >>"$log" 2>&1 && return
	fi
	tail -n 20 "$log" >&2
	fail "apt-get install failed (whole log: $log). By hand: ${as_root:+sudo }apt-get install $names"
}

install_command() {
	case $(system) in
	apt) echo "sudo apt-get install" ;;
	dnf) echo "sudo dnf install" ;;
	pacman) echo "sudo pacman -S" ;;
	apk) echo "sudo apk add" ;;
	brew) echo "brew install" ;;
	unknown) echo "install with your package manager:" ;;
	esac
}

# Says what to do by hand, with this system's names.
explain_missing() {
	echo "otel-tidy: missing: $(echo "$*" | tr '\n' ' ')" >&2
	echo "  $(install_command) $(names_of "$@")" >&2
	case " $* $(system) " in
	*" jsonschema brew "* | *" jsonschema "*" brew ") echo "  python3 -m pip install jsonschema" >&2 ;;
	esac
	exit 1
}

[ "${1:-}" = --names ] && is_names=yes && shift
needs=
for group in "$@"; do
	of_group=$(needs_of "$group") || fail "deps.sh: no group '$group' (build, lab, test, check, judges, guide)"
	# Nothing was installed or removed since all was there: done.
	stamp=$stamps/$group.ok
	if [ -z "${is_names:-}" ] && [ "$stamp" -nt /var/lib/dpkg/status ] && [ "$stamp" -nt "$0" ]; then
		continue
	fi
	needs="$needs $of_group"
done
[ -n "$needs" ] || exit 0

# shellcheck disable=SC2086 # lists of words from here on
if [ -n "${is_names:-}" ]; then
	echo "$(names_of $needs)"
	exit
fi
missing=$(missing_of $(echo "$needs" | tr " " "\n" | awk "NF && !seen[\$0]++"))
if [ -n "$missing" ]; then
	if [ "${DEPS:-}" = skip ] || [ "$(system)" != apt ]; then
		explain_missing $missing
	fi
	install_with_apt $missing
	still=$(missing_of $missing)
	[ -z "$still" ] || fail "otel-tidy: installed, but still not usable:" $still
fi
mkdir -p "$stamps"
for group in "$@"; do
	touch "$stamps/$group.ok"
done
