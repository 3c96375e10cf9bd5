/* A tree of folders, walked and written. */
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern ctel_tracer *tracer;

struct node {
	struct node **children;
	int nr_children;
	const char *name;
	long size;
};

static int by_size(const void *x, const void *y)
{
	const struct node *a = *(const struct node *const *)x;
	const struct node *b = *(const struct node *const *)y;
	return a->size < b->size ? -1 : a->size > b->size;
}

long node_total(const struct node *node)
{
	long total = node->size;
	for (int i = 0; i < node->nr_children; i++)
		total += node_total(node->children[i]);
	return total;
}

int node_depth(const struct node *node)
{
	int deepest = 0;
	for (int i = 0; i < node->nr_children; i++) {
		int depth = node_depth(node->children[i]);
		if (depth > deepest)
			deepest = depth;
	}
	return deepest + 1;
}

void node_sort(struct node *node)
{
	qsort(node->children, (size_t)node->nr_children, sizeof(struct node *), by_size);
}

struct node *node_child(const struct node *node, int index)
{
	return node->children[index];
}

int write_tree(const struct node *root, const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "write tree", NULL);
	FILE *out = fopen(path, "w");
	int rc = 0, depth = 0;
	long total;

	if (!out) {
		ctel_span_error(span, "open", path);
		ctel_span_end(span);
		return -errno;
	}
	depth = node_depth(root);
	total = node_total(root);
	ctel_set(span, "app.tree.depth", depth);
	ctel_set(span, "app.tree.bytes", total);
	for (int i = 0; i < root->nr_children; i++) {
		const struct node *child = node_child(root, i);
		if (fprintf(out, "%s %ld\n", child->name, child->size) < 0)
			rc = -EIO;
	}
	if (fclose(out))
		rc = -EIO;
	if (rc < 0)
		ctel_span_error(span, "write", path);
	ctel_span_end(span);
	return rc;
}
