/* The table of formats: a new one is a file of its own and a line here. */
#include "base/str.h"
#include "report/report.h"

const struct report_format report_formats[] = {
	{"text", "for people, with source and path (default)", report_text},
	{"json", "for programs: docs/json-format.md", report_json},
	{"sarif", "SARIF 2.1.0, for GitHub code scanning and editors", report_sarif},
	{"github", "annotations of GitHub Actions, and a table in the step's summary",
		report_github},
	{"gitlab", "GitLab's Code Quality report", report_gitlab},
	{"junit", "JUnit XML, for Jenkins and most CI services", report_junit},
	{"checkstyle", "Checkstyle XML, for Jenkins, reviewdog, editors", report_checkstyle},
	{"rdjson", "Reviewdog Diagnostic Format", report_rdjson},
	{"agent", "for coding agents: what to do, one block for each finding: docs/agents.md",
		report_agent},
};

const size_t report_nr_formats = sizeof(report_formats) / sizeof(report_formats[0]);

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < report_nr_formats; i++)
		if (str_eq(report_formats[i].name, name))
			return &report_formats[i];
	return NULL;
}
