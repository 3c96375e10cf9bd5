# What the workflow runs must pass as things are, and stop three changes that others will bring.
steps='builds tidy passes stops behaviour'
edits='Makefile .github/workflows/ci.yml'

title_passes() {
	echo "the workflow's steps pass"
}

title_stops() {
	echo "the workflow's steps stop a change that should not get in"
}

# The commands of the workflow, one to a line.
workflow_steps() {
	sed -n 's/^ *\(- \)\{0,1\}run: *//p' .github/workflows/ci.yml | sed -e "s/^'\(.*\)'\$/\1/" -e 's/^"\(.*\)"$/\1/'
}

# Runs them in a copy, as a machine would that has nothing but the repository and otel-tidy.
run_workflow() { # checkout.c to use
	copy=$(mktemp -d) || fail "no temporary directory"
	cp -R Makefile otel-tidy.json .github "$copy/" && cp "$1" "$copy/checkout.c"
	workflow_steps >build/ci.steps
	: >build/ci.log
	failed_step=
	while IFS= read -r line; do
		echo "$ $line" >>build/ci.log
		if ! (
			cd "$copy" || exit 1
			LAB=$lab TOOLS=$tools PATH=$tools:$PATH CI=true
			export LAB TOOLS PATH CI
			unset MAKEFLAGS MAKELEVEL
			limited sh -e -c "$line"
		) >>build/ci.log 2>&1 </dev/null; then
			failed_step=$line
			break
		fi
	done <build/ci.steps
	rm -rf "$copy"
	[ -z "$failed_step" ]
}

step_passes() {
	if grep -Eq 'run: *[|>]' .github/workflows/ci.yml; then
		echo "ci.yml: one command to a \"run:\", please: lab reads them line by line."
		return 1
	fi
	run_workflow checkout.c && return
	echo "Nothing is wrong with the program, and yet the step \"$failed_step\" fails."
	echo
	awk -v step="$ $failed_step" '$0 == step { p = 1; next } p && NF' build/ci.log | head -n 6 | sed 's/^/    /'
	return 1
}

step_stops() {
	for change in leak trap tenant; do
		if run_workflow "$from/$exercise/changes/$change.c"; then
			echo "Somebody brings this change, and everything stays green:"
			echo
			diff -U 1 checkout.c "$from/$exercise/changes/$change.c" | sed -e 1,2d -e '/^@@/d' | head -n 12 | sed 's/^/    /'
			echo
			echo "What ran: $(paste -s -d, build/ci.steps | sed 's/,/, /g'). otel-tidy would have said so;"
			echo "it has to be asked, and its exit code has to count."
			return 1
		fi
		grep -q '\[[a-z]*-[a-z-]*\]$' build/ci.log && continue
		echo "\"$failed_step\" fails, but not because of what otel-tidy found:"
		echo
		tail -n 4 build/ci.log | sed 's/^/    /'
		return 1
	done
	run_program
}
