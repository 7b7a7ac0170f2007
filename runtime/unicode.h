// SPDX-License-Identifier: MIT
// Unicode data that Oniguruma does not have: case mappings and normalization.
#ifndef MX_RUNTIME_UNICODE_H
#define MX_RUNTIME_UNICODE_H

#include "runtime/base/check.h"

typedef enum CaseForm { CASE_UPPER, CASE_TITLE, CASE_LOWER, CASE_FOLD } CaseForm;

enum { CASE_MAX = 3 }; // code points that one character maps to

// Map a code point; returns how many code points were written.
MX_FUNC size_t mx_unicode_case(uint32_t code, CaseForm form, uint32_t out[CASE_MAX]);

typedef enum NormalForm { NORMAL_NFC, NORMAL_NFD, NORMAL_NFKC, NORMAL_NFKD } NormalForm;

// Normalize code points; the result is a malloc'd array that the caller frees.
MX_FUNC uint32_t *mx_unicode_normalize(const uint32_t *codes, size_t count, NormalForm form,
                                       size_t *out_count);

#endif
