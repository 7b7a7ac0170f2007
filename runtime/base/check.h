// SPDX-License-Identifier: MIT
// Attributes and assertions shared by every layer.
#ifndef MX_BASE_CHECK_H
#define MX_BASE_CHECK_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MX_FUNC __attribute__((visibility("hidden")))
#define MX_API __attribute__((visibility("default")))
#define MX_MUST_CHECK __attribute__((warn_unused_result))
#define MX_NORETURN __attribute__((noreturn))
#define MX_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define MX_LIKELY(x) __builtin_expect(!!(x), 1)
#define MX_UNLIKELY(x) __builtin_expect(!!(x), 0)
// For functions that read memory as the collector does, red zones of stack frames included.
#define MX_NO_SANITIZE_ADDRESS __attribute__((no_sanitize_address))
#define MX_UNUSED(x) ((void)(x))
#define MX_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

// Report a broken invariant and abort.
MX_FUNC MX_NORETURN void mx_check_fail(const char *file, int line, const char *fmt, ...)
    MX_PRINTF(3, 4);

// End the process because memory for the VM itself ran out.
MX_FUNC MX_NORETURN void mx_check_out_of_memory(size_t bytes);

// MX_CHECKED: does this build check invariants that cost too much for the others?
#ifdef NDEBUG
enum { MX_CHECKED = false };
#define MX_ASSERT(cond, ...) ((void)0)
#else
enum { MX_CHECKED = true };
#define MX_ASSERT(cond, ...) \
  (MX_LIKELY(cond) ? (void)0 : mx_check_fail(__FILE__, __LINE__, __VA_ARGS__))
#endif

// State that control cannot reach, for the end of an exhaustive switch.
#define MX_UNREACHABLE() mx_check_fail(__FILE__, __LINE__, "unreachable")

#endif
