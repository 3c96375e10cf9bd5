#!/bin/sh
# Walks through pages as a reader would, from the first line to the last.
#
#	walk.sh [--update] PAGE…      from the top of the checkout; BUILD says where the tools are
#
# A ```console block is one or more "$ command" lines, each followed by its output (both streams). A
# ```diff block is an edit of the reader's: it is applied. Each page begins with a fresh lab/work, in
# a directory that otherwise looks like this checkout. Numbers that differ from run to run (ports, what
# head sampling keeps) are not compared. --update writes the outputs anew: read them.
set -u
LC_ALL=C
export LC_ALL NO_COLOR=1
update=no
[ "${1:-}" = --update ] && update=yes && shift
top=$PWD
tools=${BUILD:-build}
case $tools in /*) ;; *) tools=$top/$tools ;; esac
scratch=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$scratch"' EXIT
. tests/exercises/checkout.sh

settle() {
	sed -e "s|$scratch/checkout/||g" -e "s|$top|.|g"
}

walk() { # page
	in=no
	: >"$scratch/now"
	while IFS= read -r line || [ -n "$line" ]; do
		case $in$line in
		'no```console') in=console ;;
		'no```diff')
			in=diff
			: >"$scratch/edit"
			;;
		'console```') in=no ;;
		'diff```')
			in=no
			if ! (cd "$scratch/checkout" && git apply -p0 "$scratch/edit") >"$scratch/edit.log" 2>&1; then
				echo "    the edit does not apply: $(head -n 1 "$scratch/edit.log")"
			fi >>"$scratch/now"
			;;
		'console$ '*)
			printf '%s\n' "$line" >>"$scratch/now"
			(cd "$scratch/checkout" && sh -c "${line#\$ }") 2>&1 </dev/null | settle >>"$scratch/now"
			continue
			;;
		console*) continue ;;
		diff*) printf '%s\n' "$line" >>"$scratch/edit" ;;
		esac
		printf '%s\n' "$line" >>"$scratch/now"
	done <"$1"
}

# What a head sampler kept of random traces, and ports.
blur() {
	sed -e 's/^\(    \(orders\|failed payments\|slow orders\)  *[0-9][0-9]*\)  *[0-9][0-9]*$/\1 N/' \
		-e 's/127\.0\.0\.1:[0-9]*/127.0.0.1:N/' -e 's/server\.port=[0-9]*/server.port=N/' "$1"
}

passed=0
failed=0
for page; do
	fresh_checkout
	walk "$page"
	blur "$page" >"$scratch/page.blurred"
	blur "$scratch/now" >"$scratch/now.blurred"
	if cmp -s "$scratch/page.blurred" "$scratch/now.blurred"; then
		passed=$((passed + 1))
	elif [ $update = yes ]; then
		cp "$scratch/now" "$page"
		echo "$page: written anew"
	else
		echo "FAIL $page: what stands there is not what happens | again: make test-exercises-text, or make update-exercises-text and read"
		diff -u "$scratch/page.blurred" "$scratch/now.blurred" | sed -e 1,2d -e 's/^/    /'
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
