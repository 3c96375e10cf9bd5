# A directory that looks like this checkout and has a lab/work of its own. Sourced; needs $top, $tools
# and $scratch.
# shellcheck shell=sh

unset CC BUILD LAB_WORK CTEL_FILE CLICOLOR_FORCE MAKEFLAGS MAKELEVEL MFLAGS
export GIT_CEILING_DIRECTORIES="$scratch" TMPDIR="$scratch"

fresh_checkout() {
	rm -rf "$scratch/checkout"
	mkdir -p "$scratch/checkout/lab"
	ln -s "$tools" "$scratch/checkout/build"
	for name in analyzer rules tests Makefile docs; do
		ln -s "$top/$name" "$scratch/checkout/$name"
	done
	for name in lab exercises sdk collector; do
		ln -s "$top/lab/$name" "$scratch/checkout/lab/$name"
	done
}
