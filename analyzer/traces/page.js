"use strict";
(function () {
	function trees(selector, onEnter) {
		document.querySelectorAll(selector).forEach(function (tree) {
			const items = Array.from(tree.querySelectorAll("[role=treeitem]"));
			function go(i) {
				if (i < 0 || i >= items.length) return;
				items.forEach(function (item) { item.setAttribute("tabindex", "-1"); });
				items[i].setAttribute("tabindex", "0");
				items[i].focus();
				items[i].scrollIntoView({ block: "nearest" });
			}
			function level(i) { return Number(items[i].getAttribute("aria-level")); }
			items.forEach(function (item, i) {
				item.setAttribute("tabindex", i ? "-1" : "0");
				item.addEventListener("click", function () { go(i); });
				item.addEventListener("keydown", function (e) {
					let to = -1;
					if (e.key === "ArrowDown") to = i + 1;
					else if (e.key === "ArrowUp") to = i - 1;
					else if (e.key === "Home") to = 0;
					else if (e.key === "End") to = items.length - 1;
					else if (e.key === "ArrowLeft") { to = i - 1; while (to >= 0 && level(to) >= level(i)) to--; }
					else if (e.key === "ArrowRight") { if (i + 1 < items.length && level(i + 1) > level(i)) to = i + 1; }
					else if (e.key === "Enter" && onEnter) onEnter(item);
					else return;
					e.preventDefault();
					go(to);
				});
			});
		});
	}
	function show(row) {
		const details = document.getElementById("d" + row.id.slice(1));
		if (!details) return;
		details.open = true;
		details.querySelector("summary").focus();
		details.scrollIntoView({ block: "nearest" });
	}
	trees(".waterfall", show);
	trees(".flame", null);
	document.querySelectorAll("a.row").forEach(function (row) {
		row.addEventListener("click", function (e) { e.preventDefault(); show(row); });
	});
	document.querySelectorAll("details.span").forEach(function (details) {
		details.addEventListener("keydown", function (e) {
			const row = document.getElementById("r" + details.id.slice(1));
			if (e.key !== "Escape" || !row) return;
			row.focus();
			row.scrollIntoView({ block: "nearest" });
		});
	});
	document.querySelectorAll("table.names").forEach(function (table) {
		const heads = Array.from(table.querySelectorAll("thead th"));
		heads.forEach(function (head, column) {
			head.querySelector("button").addEventListener("click", function () {
				const isNumber = head.querySelector("button").dataset.sort === "number";
				const was = head.getAttribute("aria-sort");
				const descends = was === "none" ? isNumber : was === "ascending";
				const body = table.tBodies[0];
				const rows = Array.from(body.rows);
				function value(row) {
					const cell = row.cells[column];
					return isNumber ? Number(cell.dataset.v) : cell.textContent;
				}
				rows.sort(function (a, b) {
					const x = value(a), y = value(b);
					const order = x < y ? -1 : x > y ? 1 : 0;
					return descends ? -order : order;
				});
				rows.forEach(function (row) { body.appendChild(row); });
				heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
				head.setAttribute("aria-sort", descends ? "descending" : "ascending");
			});
		});
	});
})();
