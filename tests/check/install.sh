#!/bin/sh
# Installs into an empty directory and uses what is there as a user would.
#
#	install.sh BUILD
set -eu
top=$PWD
dest=$(mktemp -d)
trap 'rm -rf "$dest"' EXIT
"${MAKE:-make}" --no-print-directory BUILD="$1" PREFIX=/usr DESTDIR="$dest" install-run

fail() {
	echo "install: $*"
	exit 1
}
cd "$dest"
"$dest/usr/bin/otel-tidy" --version | grep -q '[0-9]\.[0-9]' || fail "the installed program does not say its version"
[ "$("$dest/usr/bin/otel-tidy" rules | wc -l)" -gt 0 ] || fail "the installed program has no rules"
for page in "$top"/rules/*/*/README.md; do
	[ -f "usr/share/otel-tidy/rules/${page#"$top"/rules/}" ] || fail "no page ${page#"$top"/}"
done
for model in "$top"/rules/models/*.json; do
	[ -f "usr/share/otel-tidy/rules/models/$(basename "$model")" ] || fail "no model $(basename "$model")"
done

# The header by its pkg-config file, with every compiler, warnings on: it must vanish without clang.
PKG_CONFIG_SYSROOT_DIR=$dest PKG_CONFIG_PATH=$dest/usr/share/pkgconfig
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
export PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_PATH PKG_CONFIG_ALLOW_SYSTEM_CFLAGS
flags=$(pkg-config --cflags otel-tidy)
[ -n "$flags" ] || fail "pkg-config gives no flags"
cat >use.c <<'C'
#include <otel-tidy/annotations.h>
OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id?")
int place_order(int order);
int place_order(int order) { return order; }
C
cp use.c use.cpp
for compiler in gcc $(sh "$top/tests/setup/llvm.sh" clang); do
	# shellcheck disable=SC2086 # flags are words
	"$compiler" -std=c11 -Wall -Wextra -pedantic -Werror $flags -c use.c -o use.o || fail "$compiler cannot use the header"
	# shellcheck disable=SC2086
	"$compiler" -std=c++17 -Wall -Wextra -pedantic -Werror $flags -c use.cpp -o use.o || fail "$compiler cannot use the header in C++"
done
echo "installed and used"
