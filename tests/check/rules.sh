#!/bin/sh
# Each rule folder is complete: the page has its title, summary, table and sections, and there are
# at least two bad_ and two ok_ fixtures.
#
#	rules.sh [TOP]      one line per lack
#	rules.sh --self     breaks a good folder in each way and sees that it is caught
set -u

check() {
	cd "$1" || return 2
	bad=0
	lacks() {
		echo "rules: $dir: $*"
		bad=1
	}
	found=
	for dir in rules/*/*/; do
		[ -d "$dir" ] || continue
		case $dir in rules/models/* | rules/profiles/* | rules/semconv/* | rules/collector/*) continue ;; esac
		dir=${dir%/}
		found=1
		name=$(basename "$dir")
		group=$(basename "$(dirname "$dir")")
		page=$dir/README.md
		[ -f "$dir/check.c" ] || lacks "no check.c"
		# What only a change or a file of traces can show has no fixtures; runs of the program do
		# instead.
		about_change=
		grep -q -e '^```diff$' -e '^```jsonl$' "$page" 2>/dev/null && about_change=1
		[ -z "$about_change" ] || grep -qs -e "--rule $name" tests/cases/*/cmd ||
			lacks "its page shows a change or traces, and no tests/cases/*/cmd has --rule $name"
		for kind in bad ok; do
			[ -z "$about_change" ] || continue
			nr=$(find "$dir" -maxdepth 1 \( -name "${kind}_*.c" -o -name "${kind}_*.cc" -o -name "${kind}_*.cpp" -o -name "${kind}_*.yaml" \) \
				-not -name '*.fixed.*' | wc -l)
			[ "$nr" -ge 2 ] || lacks "has $((nr)) ${kind}_ fixtures, two are the least"
		done
		[ -f "$page" ] || { lacks "no README.md"; continue; }
		[ "$(head -n 1 "$page")" = "# $name" ] || lacks "the page's first line must be '# $name'"
		# The paragraph between title and table: its first sentence is the summary.
		summary=$(awk 'NR > 1 && /^[|#]/ { exit } NR > 1 && NF { print }' "$page")
		case $summary in
		*.*) ;;
		*) lacks "no summary sentence below the title" ;;
		esac
		awk -v group="$group" '
		/^\| group \| tier \| severity \| since \|$/ { head = NR }
		head && NR == head + 1 && /^\|---\|---\|---\|---\|$/ { rule = 1 }
		rule && NR == head + 2 {
			n = split($0, c, / *\| */)
			ok = n == 6 && c[2] == group && c[3] ~ /^(recommended|strict|preview)$/ &&
				c[4] ~ /^(note|warning|error)$/ && c[5] ~ /^[0-9]+\.[0-9]+$/
		}
		END { exit !ok }' "$page" ||
			lacks "the table must be: group ($group), tier, severity, since"
		sections=$(grep '^## ' "$page" | tr '\n' ';')
		[ "$sections" = "## What;## Why;## Bad;## Good;## Stays silent;## Limits;## Precision;## Sources;" ] ||
			{ lacks "sections must be What, Why, Bad, Good, Stays silent, Limits, Precision, Sources; they are: $sections"; continue; }
		for section in What Why Bad Good 'Stays silent' Limits Precision Sources; do
			awk -v head="## $section" '
			/^## / { is_in = $0 == head; next }
			is_in && NF { found = 1 }
			END { exit !found }' "$page" || lacks "section '$section' is empty"
		done
		for section in Bad Good; do
			awk -v head="## $section" '
			/^## / { is_in = $0 == head }
			is_in && /^```(c|cpp|diff|jsonl|yaml)$/ { found = 1 }
			END { exit !found }' "$page" || lacks "section '$section' has no code (three backticks and c, cpp, diff, jsonl or yaml)"
		done
	done
	[ -n "$found" ] || { echo "rules: there are none"; return 1; }
	return $bad
}

self() {
	passed=0
	failed=0
	tree=$(mktemp -d)
	trap 'rm -rf "$tree"' EXIT
	try() { # what, expected, command that breaks it
		rm -rf "$tree/rules"
		mkdir -p "$tree/rules/over/x-span"
		(
			cd "$tree/rules/over/x-span" || exit
			touch check.c bad_1.c bad_2.cpp ok_1.c ok_2.c
			{
				printf '# x-span\n\nA span. More.\n\n| group | tier | severity | since |\n|---|---|---|---|\n'
				printf '| over | recommended | warning | 0.1 |\n'
				for s in What Why Bad Good 'Stays silent' Limits Precision Sources; do
					printf '\n## %s\n\n' "$s"
					case $s in
					Bad | Good) printf '```c\nint a;\n```\n' ;;
					*) echo "Text." ;;
					esac
				done
			} >README.md
			eval "$3"
		)
		output=$( (check "$tree") 2>&1)
		status=$?
		if { [ -z "$2" ] && [ $status -eq 0 ]; } ||
			{ [ -n "$2" ] && [ $status -eq 1 ] && echo "$output" | grep -qF -e "$2"; }; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAIL rules: $1: expected '$2', got '$output' | again: sh tests/check/rules.sh --self"
		fi
	}
	try 'complete' '' :
	try 'no check' 'no check.c' 'rm check.c'
	try 'no page' 'no README.md' 'rm README.md'
	try 'one bad' 'has 1 bad_ fixtures' 'rm bad_1.c'
	try 'no ok' 'has 0 ok_ fixtures' 'rm ok_*'
	try 'fixed files do not count' 'has 1 bad_ fixtures' 'mv bad_1.c bad_2.fixed.c'
	try 'title' "first line must be '# x-span'" 'sed -i "1s/x/y/" README.md'
	try 'summary' 'no summary' 'sed -i 3d README.md'
	try 'wrong group' 'the table must be' 'sed -i "s/^| over/| under/" README.md'
	try 'wrong tier' 'the table must be' 'sed -i "s/recommended/default/" README.md'
	try 'no table' 'the table must be' 'sed -i "/^|/d" README.md'
	try 'no section' 'sections must be' 'sed -i "/^## Limits/d" README.md'
	try 'empty section' "section 'Sources' is empty" 'sed -i "\$d" README.md'
	try 'no code' "section 'Bad' has no code" 'sed -i "0,/^.../{/\`\`\`c/d}; /^## Bad/,/^## Good/s/^\`\`\`c/code/" README.md'
	try 'no rules' 'there are none' 'rm -r "$tree/rules/over"'
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ]
}

if [ "${1:-}" = --self ]; then
	self
else
	check "${1:-.}"
fi
