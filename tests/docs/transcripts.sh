#!/bin/sh
# Runs every ```console block of the given pages and compares what comes with what stands there.
#
#	transcripts.sh [--update] OTEL-TIDY PAGE…      from the top of the checkout
#
# A block is one or more "$ command" lines, each followed by its output (both streams). Commands run
# at the top of the checkout with otel-tidy in PATH, without colour. --update writes the output anew:
# read it before you commit it.
set -u
update=no
[ "${1:-}" = --update ] && update=yes && shift
program=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case $program in /*) ;; *) program=$PWD/$program ;; esac
ln -s "$program" "$scratch/otel-tidy"
export PATH="$scratch:$PATH" NO_COLOR=1 LC_ALL=C

passed=0
failed=0
for page in "$@"; do
	: >"$scratch/now"
	in_block=no
	while IFS= read -r line || [ -n "$line" ]; do
		case $in_block$line in
		'no```console')
			in_block=yes
			printf '%s\n' "$line" >>"$scratch/now"
			;;
		'yes```')
			in_block=no
			printf '%s\n' "$line" >>"$scratch/now"
			;;
		'yes$ '*)
			printf '%s\n' "$line" >>"$scratch/now"
			sh -c "${line#\$ }" >>"$scratch/now" 2>&1 </dev/null
			;;
		yes*) ;;
		*) printf '%s\n' "$line" >>"$scratch/now" ;;
		esac
	done <"$page"
	if cmp -s "$page" "$scratch/now"; then
		passed=$((passed + 1))
	elif [ $update = yes ]; then
		cp "$scratch/now" "$page"
		echo "$page: written anew"
	else
		echo "FAIL $page: a transcript is not what the program prints | again: make test-docs, or make update-docs and read"
		diff -u "$page" "$scratch/now" | sed 1,2d | sed 's/^/    /'
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
