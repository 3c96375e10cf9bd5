#!/bin/sh
# Prints docs/rules/README.md: every rule by group, from the pages. `make docs` writes it.
set -eu
LC_ALL=C
export LC_ALL

summary_of() {
	awk 'NR > 1 && /^[|#]/ { exit } NR > 1 && NF { text = text " " $0 }
	END { sub(/^ /, "", text); if (match(text, /\. /)) text = substr(text, 1, RSTART); print text }' "$1"
}

about() {
	case $1 in
	under) echo "too little tracing where it matters" ;;
	over) echo "too much tracing where it does not" ;;
	lifetime) echo "spans that live and end as they should" ;;
	naming) echo "names and keys that can be searched" ;;
	baggage) echo "what travels to other services" ;;
	sampling) echo "what is kept" ;;
	evidence) echo "what exported traces say about the program (otel-tidy evidence)" ;;
	*) echo "rules" ;;
	esac
}

echo '# Rules'
echo
echo 'Generated from the pages of the rules by `make docs`. `otel-tidy explain RULE` shows a page in the terminal.'
for group in under over lifetime naming baggage sampling $(cd rules && ls -d */ | tr -d / |
	grep -v -x -e under -e over -e lifetime -e naming -e baggage -e sampling); do
	pages=$(ls rules/"$group"/*/README.md 2>/dev/null || :)
	[ -n "$pages" ] || continue
	printf '\n## %s/: %s\n\n| rule | tier | severity | |\n|---|---|---|---|\n' "$group" "$(about "$group")"
	for page in $pages; do
		name=$(basename "$(dirname "$page")")
		row=$(awk -F ' *[|] *' '/^\|---/ { getline; print $3 " | " $4; exit }' "$page")
		echo "| [$name](../../$page) | $row | $(summary_of "$page") |"
	done
done
