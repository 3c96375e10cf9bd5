/* Measures, then prints. */
#include "report/columns.h"

#include "report/utf8.h"

#include <string.h>

void columns_init(struct columns *c, struct pen *pen, const char *kinds, unsigned indent)
{
	*c = (struct columns){.pen = pen, .kinds = kinds, .indent = indent};
}

void columns_add(struct columns *c, const char *cell)
{
	vec_push(c->pen->out->arena, &c->cells, cell);
}

static size_t width_of(const char *cell)
{
	size_t width = utf8_width(cell, strlen(cell));
	return width < COLUMNS_CELL_MAX ? width : COLUMNS_CELL_MAX;
}

void columns_print(const struct columns *c)
{
	size_t nr = strlen(c->kinds);
	size_t *widths = arena_array(c->pen->out->arena, size_t, nr);
	for (size_t i = 0; i < c->cells.nr; i++) {
		size_t width = width_of(c->cells.at[i]);
		widths[i % nr] = width > widths[i % nr] ? width : widths[i % nr];
	}
	size_t last = 0; /* of the row: the last column that is not empty */
	for (size_t i = 0; i < c->cells.nr; i++) {
		size_t at = i % nr, blanks = widths[at] - width_of(c->cells.at[i]);
		bool is_right = c->kinds[at] == 'r';
		for (size_t k = 0; !at && k < nr; k++)
			last = c->cells.at[i + k][0] || !k ? k : last;
		bool is_last = at == last;
		if (at > last)
			continue;
		pen_blanks(c->pen, at ? 2 : c->indent);
		pen_blanks(c->pen, is_right ? blanks : 0);
		pen_clipped(c->pen, i < nr ? INK_BOLD : INK_PLAIN, c->cells.at[i],
			strlen(c->cells.at[i]), widths[at]);
		if (!is_last)
			pen_blanks(c->pen, is_right ? 0 : blanks);
		else
			pen_line_end(c->pen);
	}
}
