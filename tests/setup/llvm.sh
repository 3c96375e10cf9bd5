#!/bin/sh
# Prints where LLVM's pieces are on this machine, 18 or later, the newest first choice.
#
#	llvm.sh include        the directory that holds clang-c/Index.h
#	llvm.sh clang          a compiler (clang-format, … likewise)
#
# Prints nothing and fails when there is none.
oldest=18

# Names that carry their version come first, newest first: Debian keeps several side by side.
newest_first() {
	sed 's/^\(.*llvm-\{0,1\}\)\([0-9][0-9]*\)\(.*\)$/\2 \1\2\3/' | sort -rn
}

include() {
	for dir in /usr/lib/llvm-[0-9]*/include /usr/lib/llvm[0-9]*/include; do
		[ -f "$dir/clang-c/Index.h" ] && echo "$dir"
	done | newest_first | while read -r major dir; do
		[ "$major" -ge $oldest ] && echo "$dir" && break
	done
	# One LLVM for the whole system; macOS; FreeBSD.
	for dir in /usr/include /opt/homebrew/opt/llvm/include /usr/local/opt/llvm/include; do
		[ -f "$dir/clang-c/Index.h" ] && echo "$dir"
	done
}

tool() {
	major=40
	while [ $major -ge $oldest ]; do
		command -v "$1-$major" && return
		major=$((major - 1))
	done
	for path in "$(command -v "$1")" "/opt/homebrew/opt/llvm/bin/$1" "/usr/local/opt/llvm/bin/$1"; do
		[ -x "$path" ] || continue
		major=$("$path" --version | sed -n 's/.*version \([0-9][0-9]*\)\..*/\1/p' | head -n 1)
		[ "${major:-0}" -ge $oldest ] && echo "$path" && return
	done
}

case $1 in
include) found=$(include | head -n 1) ;;
*) found=$(tool "$1") ;;
esac
[ -n "$found" ] && echo "$found"
