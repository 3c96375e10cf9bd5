# The steps of `lab check`. Each says on its standard output what is wrong, in at most a screen, and
# fails; or is silent. Sourced by lab/lab; the steps work in the reader's copy of the exercise.
# shellcheck shell=sh

# What an exercise may say otherwise in its own check.sh, where it may also define steps and replace
# run_program and show_run.
read_check() {
	steps='builds tidy trace behaviour'
	edits=checkout.c   # what the reader changes; all other files stay as they are
	tidy='check --cache-dir build/cache' # what otel-tidy is to do
	tree_options=      # of otel-tidy trace --tree
	tree_filter=cat
	show_options=      # the same, for lab run
	trace_advice=
	. "$from/$exercise/check.sh"
}

title_of_step() {
	case $1 in
	builds) echo "it builds" ;;
	tidy) echo "otel-tidy is silent, and nothing was silenced" ;;
	trace) echo "the trace is as it should be" ;;
	behaviour) echo "it does what it did before" ;;
	*) "title_$1" ;;
	esac
}

# ---- The tools ----

need_tools() {
	command -v make >/dev/null 2>&1 || fail "there is no make here: $(package_advice make)"
	command -v "${CC:-cc}" >/dev/null 2>&1 || fail "there is no C compiler here (${CC:-cc}): $(package_advice gcc)"
	[ -x "$tools/otel-tidy" ] && [ -f "$tools/lab/sdk/libctel.a" ] && return
	echo "Building otel-tidy and the lab's SDK first, once ..."
	mkdir -p "$tools"
	(cd "$top" && make BUILD="$tools" DEPS=skip lab) >"$tools/lab-tools.log" 2>&1 && return
	grep -A 1 'missing:' "$tools/lab-tools.log" >&2 || tail -n 5 "$tools/lab-tools.log" >&2
	fail "they could not be built (whole output: $tools/lab-tools.log)"
}

package_advice() {
	if command -v apt-get >/dev/null 2>&1; then
		echo "sudo apt-get install $1"
	else
		echo "install $1"
	fi
}

# A program that hangs is ended after 30 s, where that can be had.
limited() {
	if command -v timeout >/dev/null 2>&1; then
		timeout 30 "$@"
	else
		"$@"
	fi
}

# ---- It builds ----

step_builds() {
	for file in $(cd "$from/$exercise/start" && find . -type f | sed 's|^\./||'); do
		if [ ! -f "$file" ]; then
			echo "$file is gone. $called reset brings the files back."
			return 1
		fi
		case " $edits otel-tidy.json " in *" $file "*) continue ;; esac
		if [ "$file" = Makefile ]; then
			sed '/^LAB /d' Makefile >build/Makefile.now
			sed '/^LAB /d' "$from/$exercise/start/Makefile" | cmp -s - build/Makefile.now && continue
		fi
		cmp -s "$from/$exercise/start/$file" "$file" && continue
		echo "$file has changed, and this exercise is about $edits alone."
		echo "    diff $from/$exercise/start/$file $file"
		return 1
	done
	make -s LAB="$lab" TOOLS="$tools" ${CC:+CC="$CC"} all >build/make.log 2>&1 && return
	echo "The compiler's first complaint:"
	echo
	if grep -q 'undefined reference' build/make.log; then
		grep 'undefined reference' build/make.log | sed -e 's|^.*/\([^/]*\.c:[0-9]*\):|\1:|' -e 's/^/    /' | head -n 1
	elif grep -q 'error:' build/make.log; then
		grep -A 2 'error:' build/make.log | sed -n -e 's/^/    /' -e 1,3p
	else
		head -n 4 build/make.log | sed 's/^/    /'
	fi
	echo
	echo "Whole output: ${dir#"$began"/}/build/make.log"
	return 1
}

# ---- otel-tidy is silent ----

# Lines that silence otel-tidy, or tell it what to expect: they are part of the exercise.
said_to_linter() { # files
	grep -h -o -E 'otel-tidy:.*|OTEL_(CRITICAL_PATH|SPAN_TRANSFERS|SPAN_ENDS|NOT_TRIVIAL|HANDLED_ERROR).*' "$@" 2>/dev/null | sed 's/[[:space:]]*$//' | sort
}

nothing_silenced() {
	if ! cmp -s "$from/$exercise/start/otel-tidy.json" otel-tidy.json; then
		diff -U 0 "$from/$exercise/start/otel-tidy.json" otel-tidy.json | sed -e 1,3d -e 's/^/    /' | head -n 8
		echo
		echo "otel-tidy.json has changed. The exercise is to mend what otel-tidy reports, not to silence it."
		return 1
	fi
	(cd "$from/$exercise/start" && said_to_linter ./*.[ch] ./*.yaml) >build/said.start
	said_to_linter ./*.[ch] ./*.yaml >build/said.now
	cmp -s build/said.start build/said.now && return
	new=$(comm -13 build/said.start build/said.now | head -n 1)
	gone=$(comm -23 build/said.start build/said.now | head -n 1)
	if [ -n "$new" ]; then
		grep -n -F -e "$new" ./*.[ch] ./*.yaml /dev/null 2>/dev/null | head -n 1 | sed 's|^\./|    |'
		echo
		echo "This line was not there. The exercise is to mend what otel-tidy reports, not to silence it."
	else
		echo "    $gone"
		echo
		echo "This line is gone: without it otel-tidy does not know what matters here. Put it back."
	fi
	return 1
}

step_tidy() {
	nothing_silenced || return 1
	# shellcheck disable=SC2086 # options are words
	"$tools/otel-tidy" $tidy -q --color never >build/tidy.log 2>&1
	status=$?
	[ $status -eq 0 ] && return
	if [ $status -ne 1 ]; then
		echo "otel-tidy could not finish:"
		echo
		head -n 6 build/tidy.log | sed 's/^/    /'
		return 1
	fi
	# shellcheck disable=SC2086
	"$tools/otel-tidy" $tidy -q --color $colours 2>&1 | awk 'NF == 0 { exit } { print "    " $0 }'
	nr=$(grep -c '^[^ ].*: \(error\|warning\|note\): .*\[[a-z-]*\]$' build/tidy.log)
	[ "$nr" -le 1 ] || printf '\nand %d more: %s/build/tidy.log\n' $((nr - 1)) "${dir#"$began"/}"
	return 1
}

# ---- The trace ----

# What the reader's own environment says about tracing does not count here.
clean_environment() {
	for name in $(env | sed -n 's/^\(OTEL_[A-Z_]*\)=.*/\1/p'); do
		unset "$name"
	done
	unset CTEL_FILE http_proxy HTTP_PROXY all_proxy ALL_PROXY
}

# Leaves build/trace.jsonl, build/out.txt, build/err.txt.
run_program() {
	rm -f build/trace.jsonl
	(
		clean_environment
		CTEL_FILE=build/trace.jsonl
		CTEL_AUTO=$tools/lab/sdk/libctel-auto.so
		export CTEL_FILE CTEL_AUTO
		if [ -f run.sh ]; then
			limited sh ./run.sh
		else
			limited ./build/checkout
		fi
	) >build/out.txt 2>build/err.txt
	status=$?
	[ $status -eq 0 ] && return
	case $status in
	124) echo "It was still running after 30 seconds." ;;
	1[3-5][0-9])
		echo "It crashed (signal $((status - 128)))."
		return 1
		;;
	*) echo "It ended with exit code $status." ;;
	esac
	if [ -s build/err.txt ]; then
		echo
		head -n 4 build/err.txt | sed 's/^/    /'
	fi
	return 1
}

step_trace() {
	run_program || return 1
	if [ ! -s build/trace.jsonl ]; then
		echo "${no_trace:-No span was exported. Is there one, and does it end?}"
		return 1
	fi
	make_tree || return 1
	diff -U 4 "$from/$exercise/expected.tree" build/tree.txt >build/tree.diff && return
	echo "Expected (-), and what was exported (+):"
	echo
	sed -e 1,3d -e '/^@@/d' -e 's/^/    /' build/tree.diff | head -n 16
	[ -z "$trace_advice" ] || printf '\n%s\n' "$trace_advice"
	return 1
}

make_tree() {
	# shellcheck disable=SC2086 # options are words
	"$tools/otel-tidy" trace build/trace.jsonl --tree $tree_options >build/tree.all 2>build/tree.err &&
		$tree_filter <build/tree.all >build/tree.txt && return
	echo "The trace cannot be read:"
	sed 's/^/    /' build/tree.err | head -n 4
	return 1
}

# ---- It does what it did ----

step_behaviour() {
	diff -U 0 "$from/$exercise/expected.out" build/out.txt >build/out.diff && return
	echo "It used to print (-), and prints now (+):"
	echo
	sed -e 1,2d -e '/^@@/d' -e 's/^/    /' build/out.diff | head -n 12
	echo
	echo "Tracing must not change what a program does."
	return 1
}

# ---- For `lab run` ----

show_run() {
	run_program || return 1
	cat build/out.txt
	echo
	if [ -s build/trace.jsonl ]; then
		tree_options=$show_options
		make_tree && head -n 70 build/tree.txt
		echo
		echo "${dim}As a waterfall: ${tools#"$began"/}/otel-tidy trace ${dir#"$began"/}/build/trace.jsonl$plain"
	else
		echo "No span was exported."
	fi
}
