/* Stand-in: a view of characters that any text converts to. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_STRING_VIEW_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_STRING_VIEW_H

#pragma GCC system_header

#include <cstddef>
#include <string>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
class string_view
{
public:
	string_view() noexcept;
	string_view(const char *text) noexcept;
	string_view(const std::string &text) noexcept;
	string_view(const char *text, std::size_t size) noexcept;
	explicit operator std::string() const;
	const char *data() const noexcept;
	bool empty() const noexcept;
	std::size_t size() const noexcept;
	std::size_t length() const noexcept;
	const char *begin() const noexcept;
	const char *end() const noexcept;
	string_view substr(std::size_t from, std::size_t size = npos) const;
	std::size_t find(char c, std::size_t from = 0) const noexcept;

	static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

bool operator==(string_view a, string_view b) noexcept;
bool operator!=(string_view a, string_view b) noexcept;
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
