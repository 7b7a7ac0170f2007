// SPDX-License-Identifier: MIT
// Typed growable array on malloc.
//
// VEC(T) declares a struct type; the macros work on any of them. Elements move when the array
// grows, so hold indices, not pointers. Holds no GC pointers.
// OWNERSHIP: the owner calls vec_free().
#ifndef MX_BASE_VEC_H
#define MX_BASE_VEC_H

#include "runtime/base/check.h"

#define VEC(T)      \
  struct {          \
    T *at;          \
    uint32_t count; \
    uint32_t room;  \
  }

// Make room for one more element of `size` bytes; ends the process when memory runs out.
MX_FUNC void *mx_vec_grow(void *at, uint32_t *room, uint32_t needed, size_t size);

// Make an array cover an index: what is new is zero.
MX_FUNC void *mx_vec_cover(void *at, uint32_t *room, uint32_t index, size_t size);

#define vec_reserve(v, n)     \
  ((v)->room >= (n) ? (void)0 \
                    : (void)((v)->at = mx_vec_grow((v)->at, &(v)->room, (n), sizeof(*(v)->at))))
// The element is evaluated first: evaluating it may grow the same array.
#define vec_push(v, x)                      \
  __extension__({                           \
    __typeof__(*(v)->at) vec_element = (x); \
    vec_reserve((v), (v)->count + 1);       \
    (v)->at[(v)->count++] = vec_element;    \
    (void)0;                                \
  })
#define vec_pop(v) ((v)->at[--(v)->count])
#define vec_last(v) ((v)->at[(v)->count - 1])
#define vec_clear(v) ((v)->count = 0)
#define vec_free(v) (mx_vec_release((v)->at), (v)->at = NULL, (v)->count = (v)->room = 0)

MX_FUNC void mx_vec_release(void *at);

#endif
