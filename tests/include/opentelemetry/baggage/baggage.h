/* Stand-in: entries that travel along, immutable. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_BAGGAGE_BAGGAGE_H
#define TESTS_INCLUDE_OPENTELEMETRY_BAGGAGE_BAGGAGE_H

#pragma GCC system_header

#include <string>

#include "opentelemetry/nostd/function_ref.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace baggage
{
class Baggage
{
public:
	Baggage() noexcept;
	template <class T> Baggage(const T &keys_and_values) noexcept;
	static nostd::shared_ptr<Baggage> GetDefault();
	bool GetValue(nostd::string_view key, std::string &value) const noexcept;
	nostd::shared_ptr<Baggage> Set(
		const nostd::string_view &key, const nostd::string_view &value) noexcept;
	bool GetAllEntries(
		nostd::function_ref<bool(nostd::string_view, nostd::string_view)> callback)
		const noexcept;
	nostd::shared_ptr<Baggage> Delete(nostd::string_view key) noexcept;
	static nostd::shared_ptr<Baggage> FromHeader(nostd::string_view header) noexcept;
	std::string ToHeader() const noexcept;
};
} // namespace baggage
OPENTELEMETRY_END_NAMESPACE

#endif
