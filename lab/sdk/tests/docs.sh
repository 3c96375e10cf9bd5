#!/bin/sh
# Compiles every C block of docs/sdk.md against the installed library, as C and with pkg-config, and
# runs those that are programs: docs.sh SDK-DIRECTORY OUT
set -eu
sdk=$1 out=$2
work=$out/docs
rm -rf "$work"
mkdir -p "$work"
make -s -C "$sdk" install PREFIX="$work/root" >/dev/null
PKG_CONFIG_PATH=$work/root/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH
awk -v dir="$work" '
	/^```c$/ { file = sprintf("%s/block%d.c", dir, ++n); next }
	/^```/ { file = ""; next }
	file { print > file }' "$sdk/../../docs/sdk.md"
nr=0
for block in "$work"/block*.c; do
	# shellcheck disable=SC2046 # words
	${CC:-cc} -std=c11 -Wall -Wextra -Werror -c "$block" -o "${block%.c}.o" $(pkg-config --cflags ctel)
	if grep -q '^int main' "$block"; then
		${CC:-cc} "${block%.c}.o" -o "${block%.c}" $(pkg-config --libs ctel) -Wl,-rpath,"$work/root/lib"
		"${block%.c}" >"${block%.c}.out"
		# ... and with the static library
		${CC:-cc} "${block%.c}.o" -o "${block%.c}.static" "$work/root/lib/libctel.a" \
			$(pkg-config --static --libs ctel | sed 's/-lctel//')
		"${block%.c}.static" >/dev/null
	fi
	nr=$((nr + 1))
done
[ "$(cat "$work/block1.out")" = partly ]
CTEL_FILE=- "$work/block1" | grep -q '"out_of_stock"'
echo "docs.sh: $nr blocks of docs/sdk.md"
