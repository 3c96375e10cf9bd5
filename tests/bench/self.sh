#!/bin/sh
# Proves that the benchmark measures what it says, with pretended programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$tree"' EXIT
cd "$tree" || exit 2
mkdir db
for i in 1 2 3 4 5 6; do
	echo "int u$i;" >u$i.c
	printf '%s{"directory":"%s","file":"u%s.c","command":"cc -O2 -Werror -MD -MF d -c u%s.c -o u%s.o"}' \
		"$([ $i = 1 ] && echo '[' || echo ,)" "$tree" $i $i $i
done >db/compile_commands.json
echo ']' >>db/compile_commands.json
# clang works for a while, otel-tidy's child for longer, clang-tidy not at all.
cat >burn.py <<'PY'
import sys, time
held = bytearray(int(sys.argv[2]) << 20)
while time.process_time() < float(sys.argv[1]):
    pass
PY
cat >clang <<SH
#!/bin/sh
[ "\$1" = --version ] && echo "pretended clang version 1" && exit
echo "\$*" >>$tree/clang.log
exec python3 $tree/burn.py 0.1 60
SH
cat >otel-tidy <<SH
#!/bin/sh
echo "\$* \$OTEL_TIDY_CACHE_DIR" >>$tree/otel.log
pwd >>$tree/where
cat $tree/otel-tidy-bench-*.c | cksum >$tree/seen.new
if mkdir "\$OTEL_TIDY_CACHE_DIR"; then python3 $tree/burn.py 1.2 180
elif cmp -s $tree/seen $tree/seen.new; then python3 $tree/burn.py 0.05 1
else python3 $tree/burn.py 0.5 120; fi
mv $tree/seen.new $tree/seen
printf '{"fine_line":{"units":%s}}' "\$(cat $tree/units)"
exit \$(cat $tree/status)
SH
cat >clang-tidy <<SH
#!/bin/sh
[ "\$1" = --version ] && echo "LLVM version 1" && exit
case "\$*" in *u2.c) exit 1 ;; esac
SH
chmod +x clang otel-tidy clang-tidy
echo 1 >status
echo 3 >units
passed=0
failed=0
verdict() { # ok, what
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL bench-self: $2 | again: make test-bench-self"
		sed 's/^/    /' out
	fi
}
bench() {
	python3 "$here/run.py" --program ./otel-tidy --clang ./clang --clang-tidy ./clang-tidy "$@" >out 2>&1
}
bench --units 3 --runs 2 db
verdict $? 'runs'
grep -q '^3 of 6 units of db, 2 rounds' out; verdict $? 'says how many units'
[ "$(wc -l <clang.log)" = 8 ]; verdict $? 'clang: 3 units in 2 rounds, and twice the one that is edited'
[ "$(grep -c 'otel-tidy-bench-[0-9]*\.c$' clang.log)" = 4 ] && ! grep -q u3.c clang.log; verdict $? 'a copy stands for the unit that is edited'
grep -qx -e '--driver-mode=gcc -fsyntax-only -w -O2 u5.c' clang.log; verdict $? 'evenly spaced, without outputs'
grep -q u2.c clang.log; [ $? = 1 ]; verdict $? 'not the neighbours'
[ "$(wc -l <otel.log)" = 6 ] && [ "$(awk '{print $NF}' otel.log | sort -u | wc -l)" = 2 ]
verdict $? 'an empty cache for each round, a full one, an edit'
# 1.2 s of CPU in a child beside 3 × 0.1 s and what starting costs; 180 MiB beside 60.
awk '/^otel-tidy, empty cache/ && !n++ {exit !($5 > 1.5 && $5 < 8 && $6 > 1.8 && $6 < 3.5)}' out
verdict $? 'children count, in CPU and in memory'
awk '/^otel-tidy, full cache/ && !n++ {exit !($5 < 1)}' out; verdict $? 'the full cache apart'
# 0.5 s beside 3 × 0.1 s, more than nothing changed and less than everything; 120 MiB beside 60.
awk '/^otel-tidy, one file edited/ && !n++ {exit !($6 > 0.7 && $6 < 4 && $7 > 1.3 && $7 < 2.5)}' out
verdict $? 'one edited file is neither a full cache nor an empty one'
awk '/^clang, that file alone/ && !n++ {exit !($6 > 0.15 && $6 < 0.7)}' out; verdict $? 'the compiler on that file'
[ "$(cat u3.c)" = 'int u3;' ] && ! ls otel-tidy-bench-* >/dev/null 2>&1; verdict $? 'the code base is as it was'
awk '/^clang -fsyntax-only  / && !n++ {exit !($3 == 1 && $4 == 1 && $5 == 1)}' out; verdict $? 'clang is 1'
[ "$(sort -u where)" = "$tree" ]; verdict $? 'runs where the units are, not where the database is'
bench --units 3 --runs 2 --json db
verdict $? 'runs with --json'
python3 - out <<'PY'
import json, sys
text = open(sys.argv[1]).read()
seen = json.loads("\n".join(x for x in text.splitlines() if not x.startswith("bench: ")))
rows = {r["name"]: r for r in seen["contestants"]}
assert (seen["version"], seen["units"], seen["units_of_database"], seen["rounds"]) == (1, 3, 6, 2), seen
assert rows["clang -fsyntax-only"]["ratio"] == {"wall": 1, "cpu": 1, "rss": 1}, rows
edited, cold = rows["otel-tidy, one file edited"], rows["otel-tidy, empty cache"]
assert 120 <= edited["peak_mib"] < 160 and 180 <= cold["peak_mib"] < 220, rows
assert len(edited["cpu_s"]) == 2 and edited["cpu_s"][0] < cold["cpu_s"][0] and seen["edited"].endswith("/u3.c"), rows
PY
verdict $? 'JSON: the same, with every round'
: >otel.log
echo 6 >units
bench --runs 1 db
grep -q 'note: clang-tidy, one check: 1 of 6 units failed' out; verdict $? 'units that fail are named'
echo 3 >status
echo 1 >units
bench --units 1 --runs 1 db
grep -q 'could not analyse every unit' out; verdict $? 'exit 3 is said'
echo 2 >status
bench --units 1 --runs 1 db
[ $? = 2 ] && grep -q 'exit 2' out; verdict $? 'exit 2 is no measurement'
echo 1 >status
bench --units 2 --runs 1 db
[ $? = 2 ] && grep -q 'analysed 1 units of 2' out; verdict $? 'units that were passed over are no measurement'
bench nowhere
[ $? = 2 ] && grep -q 'nowhere/compile_commands.json' out; verdict $? 'no database'
bench --runs 0 db
[ $? = 2 ]; verdict $? 'no rounds'
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
