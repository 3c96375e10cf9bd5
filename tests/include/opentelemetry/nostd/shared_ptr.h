/* Stand-in: many owners. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_SHARED_PTR_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_SHARED_PTR_H

#pragma GCC system_header

#include <cstddef>
#include <memory>
#include <type_traits>

#include "opentelemetry/nostd/unique_ptr.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
template <class T> class shared_ptr
{
public:
	using element_type = T;
	using pointer = T *;

	shared_ptr() noexcept;
	explicit shared_ptr(pointer p);
	shared_ptr(std::nullptr_t) noexcept;
	shared_ptr(std::shared_ptr<T> other) noexcept;
	shared_ptr(shared_ptr &&other) noexcept;
	shared_ptr(const shared_ptr &other) noexcept;
	template <class U, std::enable_if_t<std::is_convertible_v<U *, T *>> * = nullptr>
	shared_ptr(shared_ptr<U> &&other) noexcept;
	shared_ptr(unique_ptr<T> &&other) noexcept;
	shared_ptr(std::unique_ptr<T> &&other) noexcept;
	~shared_ptr();

	shared_ptr &operator=(shared_ptr &&other) noexcept;
	shared_ptr &operator=(const shared_ptr &other) noexcept;
	shared_ptr &operator=(std::nullptr_t) noexcept;

	T &operator*() const noexcept;
	pointer operator->() const noexcept;
	operator bool() const noexcept;
	pointer get() const noexcept;
	void swap(shared_ptr &other) noexcept;
};

template <class T> bool operator==(const shared_ptr<T> &p, std::nullptr_t) noexcept;
template <class T> bool operator!=(const shared_ptr<T> &p, std::nullptr_t) noexcept;
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
