#!/bin/sh
# The house has storeys: a folder of analyzer/ includes only itself and what lies below it.
#
#	layers.sh [TOP]      checks the tree (default: here), one line per violation
#	layers.sh --self     builds trees that break each law and sees that each is caught
set -u

# From the ground up; folders on one line do not know each other, but see `allowed` below.
storeys='
base
project model ir
facts pipeline
frontend
flow
findings
engine
rules
report
traces
cli
main.c
'

# Every line of code that matters here, as "file:line:text": comments and texts are taken out.
code_of() {
	awk '
	FNR == 1 { in_comment = 0 }
	{
		line = $0; kept = ""
		while (line != "") {
			if (in_comment) {
				end = index(line, "*/")
				if (!end) { line = ""; break }
				line = substr(line, end + 2); in_comment = 0
			} else if (match(line, /^[ \t]*#[ \t]*include.*/)) {
				kept = line; line = ""
			} else if (substr(line, 1, 2) == "/*") {
				in_comment = 1; line = substr(line, 3)
			} else if (substr(line, 1, 2) == "//") {
				line = ""
			} else if (match(line, /^"([^"\\]|\\.)*"/) || match(line, /^\047([^\047\\]|\\.)*\047/)) {
				kept = kept "\"\""; line = substr(line, RLENGTH + 1)
			} else {
				kept = kept substr(line, 1, 1); line = substr(line, 2)
			}
		}
		if (kept ~ /[^ \t]/) print FILENAME ":" FNR ":" kept
	}' "$@"
}

check() {
	top=$1
	cd "$top" || return 2
	files=$(find analyzer rules \( -name '*.c' -o -name '*.h' \) -not -name 'bad_*' -not -name 'ok_*' \
		-not -path 'analyzer/include/*' -not -path 'rules/models/*' 2>/dev/null | LC_ALL=C sort)
	[ -n "$files" ] || { echo "layers: no source files under $top"; return 2; }
	# shellcheck disable=SC2086 # a list of paths without blanks
	code_of $files | awk -v storeys="$storeys" '
	BEGIN {
		n = split(storeys, line, "\n")
		for (i = 1; i <= n; i++) {
			m = split(line[i], name, " ")
			for (k = 1; k <= m; k++) storey[name[k]] = i
		}
		allowed["model", "ir"] = 1
		bad = 0
	}
	function folder(path, part) {
		split(path, part, "/")
		return part[1] == "rules" ? "rules" : part[2]
	}
	function complain(what) { print "layers: " where ": " what; bad = 1 }
	{
		match($0, /^[^:]*:[0-9]*:/)
		where = substr($0, 1, RLENGTH - 1)
		code = substr($0, RLENGTH + 1)
		path = where; sub(/:[0-9]*$/, "", path)
		from = folder(path)
		if (!(from in storey) && !(from in told)) {
			told[from] = 1
			complain("folder " from " has no storey: add it to tests/check/layers.sh")
		}
	}
	code ~ /^[ \t]*#[ \t]*include/ {
		target = code
		sub(/^[^"<]*["<]/, "", target); sub(/[">].*/, "", target)
		if (target ~ /^clang-c\// && from != "frontend")
			complain("only analyzer/frontend includes " target)
		if (target ~ /^(cjson\/)?cJSON\.h$|^libfyaml\.h$/ && from != "base")
			complain("only analyzer/base includes " target)
		if (target ~ /^\.\.\// || target ~ /\/\.\.\//)
			complain("includes by way of ..: " target)
		else if (code ~ /"/ && split(target, part, "/") > 1) {
			to = part[1]
			if (!(to in storey))
				complain("includes " target ", which is in no storey")
			else if (to != from && storey[to] >= storey[from] && !((from, to) in allowed))
				complain(from " includes " target ", but " to " is not below " from)
		}
		next
	}
	from != "base" && match(code, /(^|[^A-Za-z0-9_>.])(malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf|aligned_alloc|posix_memalign)[ \t]*\(/) {
		call = substr(code, RSTART, RLENGTH)
		gsub(/[^a-z_]/, "", call)
		complain("calls " call "; memory comes from an arena (analyzer/base/arena.h)")
	}
	END { exit bad }'
}

self() {
	passed=0
	failed=0
	tree=$(mktemp -d)
	trap 'rm -rf "$tree"' EXIT

	try() { # what, expected ("" for clean), file, contents
		rm -rf "$tree"/analyzer "$tree"/rules
		mkdir -p "$tree/analyzer/base" "$tree/$(dirname "$3")"
		echo 'void *malloc(unsigned long); void *a(void) { return malloc(1); }' >"$tree/analyzer/base/arena.c"
		printf '%b' "$4" >"$tree/$3"
		output=$( (check "$tree") 2>&1)
		status=$?
		if [ -z "$2" ] && [ $status -eq 0 ] && [ -z "$output" ]; then
			passed=$((passed + 1))
		elif [ -n "$2" ] && [ $status -eq 1 ] && echo "$output" | grep -qF -e "layers: $3:$2"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAIL layers: $1: expected '$2', got '$output' | again: sh tests/check/layers.sh --self"
		fi
	}

	try 'itself and below' '' analyzer/flow/a.c '#include "flow/b.h"\n#include "base/str.h"\n#include "ir/ir.h"\n#include "own.h"\n#include <stdio.h>\n'
	try 'upward' '2: base includes ir/ir.h' analyzer/base/a.h '/* x */\n#include "ir/ir.h"\n'
	try 'upward from facts' '1: facts includes frontend/frontend.h' analyzer/facts/a.c '#include "frontend/frontend.h"\n'
	try 'sideways' '1: project includes model/model.h' analyzer/project/a.c '#include "model/model.h"\n'
	try 'sideways, ir' '1: ir includes model/model.h' analyzer/ir/a.c '# include "model/model.h"\n'
	try 'model sees ir' '' analyzer/model/a.c '#include "ir/ir.h"\n'
	try 'engine and report' '1: engine includes report/report.h' analyzer/engine/a.c '#include "report/report.h"\n'
	try 'a rule and the report' '1: rules includes report/report.h' rules/over/x/check.c '#include "report/report.h"\n'
	try 'a rule and the engine' '' rules/over/x/check.c '#include "engine/rule.h"\n'
	try 'a fixture is no part of the house' '' rules/over/x/bad_1.c '#include "report/report.h"\nint f(void) { free(0); }\n'
	try 'report and cli' '1: report includes cli/cli.h' analyzer/report/a.c '#include "cli/cli.h"\n'
	try 'main sees all' '' analyzer/main.c '#include "cli/cli.h"\n#include "engine/rule.h"\n'
	try 'libclang' '1: only analyzer/frontend includes clang-c/Index.h' analyzer/flow/a.c '#include <clang-c/Index.h>\n'
	try 'libclang, quoted' '1: only analyzer/frontend includes clang-c/Index.h' analyzer/engine/a.c '#include "clang-c/Index.h"\n'
	try 'libclang in its room' '' analyzer/frontend/a.c '#include <clang-c/Index.h>\nvoid f(void) { clang_disposeString(s); }\n'
	try 'cJSON' '1: only analyzer/base includes cJSON.h' analyzer/model/a.c '#include <cJSON.h>\n'
	try 'libfyaml in its room' '' analyzer/base/yaml.c '#include <libfyaml.h>\n'
	try 'up and around' '1: includes by way of ..' analyzer/flow/a.c '#include "../report/report.h"\n'
	try 'a folder nobody knows' '1: folder attic has no storey' analyzer/attic/a.c 'int a;\n'
	for call in malloc calloc realloc free strdup; do
		try "$call" "2: calls $call" analyzer/report/a.c "int a;\nvoid f(void) { x = $call(1); }\n"
	done
	try 'free first on its line' '1: calls free' rules/over/x/check.c '\tfree (p);\n'
	try 'after a comment and a text' '1: calls free' analyzer/cli/a.c '/* a */ g("b\\\\"); free(p);\n'
	try 'in comments and texts' '' analyzer/cli/a.c '/* malloc(1)\n free(x) */ // free(x)\nchar *s = "free(x)";\nint my_free(int);\nint y = s->free(1);\n'

	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ]
}

if [ "${1:-}" = --self ]; then
	self
else
	check "${1:-.}"
fi
