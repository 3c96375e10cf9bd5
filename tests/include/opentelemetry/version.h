/* Stand-in: the namespaces of the C++ API. Inline, so that types are spelled with v1. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_VERSION_H
#define TESTS_INCLUDE_OPENTELEMETRY_VERSION_H

#pragma GCC system_header


#ifndef OPENTELEMETRY_ABI_VERSION_NO
#define OPENTELEMETRY_ABI_VERSION_NO 1
#endif

#if OPENTELEMETRY_ABI_VERSION_NO >= 2
#define OPENTELEMETRY_BEGIN_NAMESPACE                                                              \
	namespace opentelemetry                                                                    \
	{                                                                                          \
	inline namespace v2                                                                        \
	{
#define OPENTELEMETRY_NAMESPACE opentelemetry::v2
#else
#define OPENTELEMETRY_BEGIN_NAMESPACE                                                              \
	namespace opentelemetry                                                                    \
	{                                                                                          \
	inline namespace v1                                                                        \
	{
#define OPENTELEMETRY_NAMESPACE opentelemetry::v1
#endif
#define OPENTELEMETRY_END_NAMESPACE                                                                \
	}                                                                                          \
	}

#endif
