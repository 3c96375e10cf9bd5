/* Stand-in: what is current on this thread. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_RUNTIME_CONTEXT_H
#define TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_RUNTIME_CONTEXT_H

#pragma GCC system_header

#include "opentelemetry/context/context.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/nostd/unique_ptr.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace context
{
class Token
{
public:
	Token(const Token &) = delete;
	Token &operator=(const Token &) = delete;
	bool operator==(const Context &other) const noexcept;
	virtual ~Token() noexcept;

protected:
	Token(const Context &context);
};

class RuntimeContextStorage
{
public:
	virtual ~RuntimeContextStorage() = default;
	virtual Context GetCurrent() noexcept = 0;
	virtual nostd::unique_ptr<Token> Attach(const Context &context) noexcept = 0;
	virtual bool Detach(Token &token) noexcept = 0;
};

class RuntimeContext
{
public:
	static Context GetCurrent() noexcept;
	static nostd::unique_ptr<Token> Attach(const Context &context) noexcept;
	static bool Detach(Token &token) noexcept;
	static Context SetValue(nostd::string_view key, const ContextValue &value,
		Context *context = nullptr) noexcept;
	static ContextValue GetValue(nostd::string_view key, Context *context = nullptr) noexcept;
	static void SetRuntimeContextStorage(
		const nostd::shared_ptr<RuntimeContextStorage> &storage) noexcept;
};
} // namespace context
OPENTELEMETRY_END_NAMESPACE

#endif
