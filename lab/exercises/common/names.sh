# Which exercise is meant. Sourced by lab/lab.
# shellcheck shell=sh

exercise_names() {
	(cd "$from" && for name in [0-9][0-9]-*; do echo "$name"; done)
}

# The word of the list that has the fewest letters wrong; nothing when none is near.
nearest() { # word, list…
	word=$1
	shift
	printf '%s\n' "$@" | awk -v word="$word" '
	function distance(a, b, i, j, before, here, row) {
		for (j = 0; j <= length(b); j++)
			row[j] = j
		for (i = 1; i <= length(a); i++) {
			before = row[0]
			row[0] = i
			for (j = 1; j <= length(b); j++) {
				here = before + (substr(a, i, 1) != substr(b, j, 1))
				before = row[j]
				if (row[j - 1] + 1 < here)
					here = row[j - 1] + 1
				if (row[j] + 1 < here)
					here = row[j] + 1
				row[j] = here
			}
		}
		return row[length(b)]
	}
	{
		d = distance(word, $1)
		if (NR == 1 || d < best) {
			best = d
			found = $1
		}
	}
	END {
		if (best <= 2 && best < length(word))
			print found
	}'
}

# "5", "05", "errors", "05-errors", or the beginning of one of these; else what is near, and 1.
exercise_find() {
	case $1 in
	[0-9]) asked=0$1 ;;
	*) asked=$1 ;;
	esac
	matches=$(exercise_names | awk -v asked="$asked" '
	$0 == asked || substr($0, 4) == asked { exact = $0 }
	asked != "" && (index($0, asked) == 1 || index(substr($0, 4), asked) == 1) { all = all $0 "\n"; nr++ }
	END { if (exact) print exact; else if (nr) printf "%s", all }')
	case $matches in
	'')
		like=$(nearest "$asked" $(exercise_names | cut -c4-) $(exercise_names))
		fail "no exercise \"$1\"${like:+; did you mean: $like?} ($called list shows all of them)"
		;;
	*"
"*)
		fail "\"$1\" may be" $(echo "$matches" | paste -s -d, - | sed 's/,/ or /g')
		;;
	esac
	echo "$matches"
}
