#!/bin/sh
# Each package is installed or run as its user would.
#
#	run.sh [NAME…]      action pre-commit cmake meson bazel deb docker homebrew vscode
set -u
top=$PWD
scratch=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch/home" GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C.UTF-8
mkdir -p "$HOME"
. tests/packages/project.sh
passed=0
failed=0
ok() {
	passed=$((passed + 1))
}
bad() { # name, what
	echo "FAIL packages $1: $2 | again: make test-packages ONLY=$1"
	failed=$((failed + 1))
}
expect() { # name, what, command…
	name=$1 what=$2
	shift 2
	if "$@" >"$scratch/out" 2>&1; then ok; else bad "$name" "$what: $(tail -n 5 "$scratch/out" | tr '\n' ' ')"; fi
}
says() { # name, text, file
	if grep -qF -- "$2" "$3"; then ok; else bad "$1" "nowhere: $2; but: $(tail -n 4 "$3" | tr '\n' ' ')"; fi
}

prefix=$scratch/prefix
sh tests/setup/install.sh "$BUILD/otel-tidy" "$prefix" "" "$VERSION" >/dev/null
export PATH="$prefix/bin:$PATH"

repository() { # directory: a git repository with a database and one commit
	project "$1"
	(
		cd "$1" && git init -q -b main . && git config user.name a && git config user.email a@example.com
		printf '[{"directory": "%s", "file": "orders.c", "arguments": ["cc", "-std=c17", "-I%s/include", "-c", "orders.c"]}]\n' "$1" "$prefix" >compile_commands.json
		echo compile_commands.json >.gitignore
		git add . && git commit -qm one
	)
}

# ---- action: its steps, in a plain shell ----

test_action() {
	repository "$scratch/action"
	expect action "every run step works as the runner runs it" "$BUILD/packages/python" tests/packages/action.py "$top" "$scratch/action" "$prefix/bin/otel-tidy"
	grep -c . "$scratch/out" >/dev/null
}

# ---- pre-commit: the package from PyPI, this checkout as the repository of the hook ----

test_pre_commit() {
	repository "$scratch/pre"
	cd "$scratch/pre" || exit
	hooks=$scratch/hooks
	mkdir -p "$hooks/packaging" && cp "$top/.pre-commit-hooks.yaml" "$hooks" && cp "$top/packaging/pre-commit.sh" "$hooks/packaging"
	(cd "$hooks" && git init -q -b main . && git config user.name a && git config user.email a@example.com && git add . && git commit -qm hooks)
	printf 'repos:\n- repo: %s\n  rev: %s\n  hooks: [{id: otel-tidy}]\n' "$hooks" "$(git -C "$hooks" rev-parse HEAD)" >.pre-commit-config.yaml
	git add .pre-commit-config.yaml
	expect pre-commit "installs" "$BUILD/packages/pre-commit" install
	expect pre-commit "an old finding is no reason to refuse" git commit -qm 'with the hook'
	sed 's/place_order/pay_order/g; s/orders.place/orders.pay/; /^int main/,$d' orders.c >>orders.c
	git add orders.c
	git commit -qm 'a new finding' >"$scratch/log" 2>&1 && bad pre-commit "a new finding was committed"
	says pre-commit '[missing-span]' "$scratch/log"
	says pre-commit 'pay_order' "$scratch/log"
	mv compile_commands.json away.json
	git commit -qm 'nothing to go by' >"$scratch/log" 2>&1 || bad pre-commit "without a database it refuses: $(cat "$scratch/log")"
	says pre-commit 'otel-tidy SKIPPED' "$scratch/log"
	cd "$top" || exit
}

# ---- CMake: find_package and the target ----

test_cmake() {
	project "$scratch/cmake"
	cat >"$scratch/cmake/CMakeLists.txt" <<'C'
cmake_minimum_required(VERSION 3.16)
project(orders C)
set(CMAKE_C_STANDARD 17)
find_package(OtelTidy 0.1 REQUIRED)
add_executable(orders orders.c)
target_link_libraries(orders PRIVATE OtelTidy::annotations)
otel_tidy_target()
otel_tidy_target(lint-tracing ARGS --format agent)
C
	for generator in "Unix Makefiles" Ninja; do
		build=$scratch/cmake/build-$(echo "$generator" | tr -d ' ')
		expect cmake "configures ($generator)" cmake -S "$scratch/cmake" -B "$build" -G "$generator" -DCMAKE_PREFIX_PATH="$prefix"
		expect cmake "builds ($generator)" cmake --build "$build"
		cmake --build "$build" --target otel-tidy >"$scratch/log" 2>&1 && bad cmake "the target does not fail on findings"
		says cmake '[missing-span]' "$scratch/log"
		cmake --build "$build" --target lint-tracing >"$scratch/log" 2>&1
		says cmake 'DONE 1 to do' "$scratch/log"
	done
	sed -i 's/0.1 REQUIRED/9.9 REQUIRED/' "$scratch/cmake/CMakeLists.txt"
	cmake -S "$scratch/cmake" -B "$scratch/cmake/b9" -DCMAKE_PREFIX_PATH="$prefix" >"$scratch/log" 2>&1 && bad cmake "a later version was found"
	says cmake 'version: 0.1.0' "$scratch/log"
}

# ---- Meson: the example ----

test_meson() {
	cp -R packaging/meson "$scratch/meson"
	(
		cd "$scratch/meson" && PKG_CONFIG_PATH=$prefix/share/pkgconfig meson setup build >"$scratch/log" 2>&1 && ninja -C build >>"$scratch/log" 2>&1
	) || bad meson "does not build: $(tail -n 4 "$scratch/log")"
	ninja -C "$scratch/meson/build" otel-tidy >"$scratch/log" 2>&1 && bad meson "the target does not fail on findings"
	says meson '[missing-span]' "$scratch/log"
}

# ---- Bazel: the example ----

test_bazel() {
	command -v bazel >/dev/null || { echo "skipped: no bazel here (Debian: apt-get install bazel-bootstrap)"; return; }
	expect bazel "collects what changed, links, and fails on findings" sh tests/packages/bazel.sh "$prefix" "$scratch/bazel"
}

# ---- Debian: the package is what lintian wants; make deb-check installs it ----

test_deb() {
	command -v dpkg-deb >/dev/null || { echo "skipped: no dpkg-deb here"; return; }
	package=$(sh packaging/deb/build.sh "$BUILD/otel-tidy" "$VERSION" "$scratch") || bad deb "cannot be built"
	lintian --fail-on error,warning "$package" >"$scratch/log" 2>&1 && ok || bad deb "lintian: $(grep -E '^[EW]:' "$scratch/log" | tr '\n' ' ')"
	dpkg-deb -c "$package" >"$scratch/log"
	for file in ./usr/bin/otel-tidy ./usr/share/man/man1/otel-tidy.1.gz ./usr/include/otel-tidy/annotations.h \
		./usr/share/zsh/vendor-completions/_otel-tidy ./usr/share/cmake/OtelTidy/OtelTidyConfig.cmake; do
		says deb "$file" "$scratch/log"
	done
	dpkg-deb -f "$package" Depends >"$scratch/log"
	says deb "libclang1-19 |" "$scratch/log"
	says deb "libc6 (>=" "$scratch/log"
	again=$(mkdir "$scratch/again" && sh packaging/deb/build.sh "$BUILD/otel-tidy" "$VERSION" "$scratch/again")
	cmp -s "$package" "$again" && ok || bad deb "a second build has other bytes"
}

# ---- Docker: what the file names is there; make docker-check builds it ----

test_docker() {
	command -v apt-cache >/dev/null || { echo "skipped: no apt here"; return; }
	expect docker "packages, paths and stages are there" python3 packaging/docker/check.py
}

# ---- Homebrew: is it Ruby, and does its own test find what it looks for? ----

test_homebrew() {
	command -v ruby >/dev/null || { echo "skipped: no ruby here"; return; }
	formula=$top/packaging/homebrew/otel-tidy.rb
	expect homebrew "is Ruby" ruby -c "$formula"
	mkdir -p "$scratch/brew"
	# a Formula that knows just enough to build and to test
	expect homebrew "builds what it says, and its test finds the span" ruby tests/packages/formula.rb "$formula" "$scratch/brew" "$prefix"
}

# ---- VS Code: the problem matcher reads what the program prints ----

test_vscode() {
	repository "$scratch/code"
	(cd "$scratch/code" && otel-tidy --quiet --color never) >"$scratch/report" 2>&1
	expect vscode "the matcher finds each finding" node -e '
		const fs = require("fs")
		const matcher = JSON.parse(fs.readFileSync(process.argv[1])).tasks[0].problemMatcher.pattern
		const found = fs.readFileSync(process.argv[2], "utf8").split("\n").map(l => new RegExp(matcher.regexp).exec(l)).filter(m => m)
		const [one] = found
		const right = found.length == 1 && one[matcher.file] == "orders.c" && one[matcher.severity] == "warning" && one[matcher.code] == "missing-span" && +one[matcher.line] > 0
		if (!right) { console.log(JSON.stringify(found)); process.exit(1) }
	' packaging/vscode/tasks.json "$scratch/report"
}

sh tests/packages/fetch.sh "$BUILD/packages" || exit 2
[ $# -gt 0 ] || set -- action pre-commit cmake meson bazel deb docker homebrew vscode
for name in "$@"; do
	case $name in
	action | bazel | cmake | meson | deb | docker | homebrew | vscode) "test_$name" ;;
	pre-commit) test_pre_commit ;;
	*) bad "$name" "no such test" ;;
	esac
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
