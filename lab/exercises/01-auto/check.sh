# Auto-instrumentation, and three questions to its trace.
steps='builds tidy trace answers behaviour'
edits='run.sh answers.txt'
tree_options=--keys-only
tree_filter=orders_only
show_options=--errors
no_trace='No span was exported: the shop runs as it always did. Which library has to be loaded first?'

# What the database does before the first order is not the exercise's concern.
orders_only() {
	awk '/^trace / { header = $0; next } header && /^-/ { is_order = /^- "POST"/; if (is_order) print header; header = "" } is_order'
}

title_answers() {
	echo "you found in the trace what is there to be found"
}

answer() {
	sed -n "s/^$1 *= *//p" answers.txt | tr '[:upper:]' '[:lower:]' | tr -d '" ' | head -n 1
}

step_answers() {
	for question in spans name tenant; do
		given=$(answer $question)
		if [ -z "$given" ]; then
			echo "answers.txt: \"$question\" has no answer yet. $called run shows the trace."
			return 1
		fi
		case $question=$given in
		spans=5 | name=post | tenant=unknown) ;;
		spans=*)
			echo "answers.txt: $given spans? The line above the trace that $called run shows says it."
			return 1
			;;
		name=*)
			echo "answers.txt: \"$given\"? Look for the SERVER span with url.path \"/checkout\": what is its name?"
			return 1
			;;
		tenant=*)
			echo "answers.txt: \"$given\"? Look again: does any span of the trace say so? If not: unknown."
			return 1
			;;
		esac
	done
}
