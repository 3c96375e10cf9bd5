/* Stand-in: one owner. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_UNIQUE_PTR_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_UNIQUE_PTR_H

#pragma GCC system_header

#include <cstddef>
#include <memory>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
template <class T> class unique_ptr
{
public:
	using pointer = T *;

	unique_ptr() noexcept;
	unique_ptr(std::nullptr_t) noexcept;
	explicit unique_ptr(pointer p) noexcept;
	unique_ptr(unique_ptr &&other) noexcept;
	template <class U> unique_ptr(unique_ptr<U> &&other) noexcept;
	template <class U> unique_ptr(std::unique_ptr<U> &&other) noexcept;
	unique_ptr(const unique_ptr &) = delete;
	~unique_ptr();

	unique_ptr &operator=(const unique_ptr &) = delete;
	unique_ptr &operator=(unique_ptr &&other) noexcept;
	unique_ptr &operator=(std::nullptr_t) noexcept;

	operator bool() const noexcept;
	T &operator*() const noexcept;
	pointer operator->() const noexcept;
	pointer get() const noexcept;
	void reset(pointer p = nullptr) noexcept;
	pointer release() noexcept;
	void swap(unique_ptr &other) noexcept;
};

template <class T> bool operator==(const unique_ptr<T> &p, std::nullptr_t) noexcept;
template <class T> bool operator!=(const unique_ptr<T> &p, std::nullptr_t) noexcept;
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
