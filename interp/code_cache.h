// SPDX-License-Identifier: MIT
// The cache of compiled texts in the user's cache folder.
//
// An entry's name is the digest of all that its content depends on: the text, how it is compiled,
// and the engine; so there is nothing to compare but the text itself, and timestamps mean nothing.
// What is found is checked by its digests and by the verifier, like every compiled file. Whatever
// goes wrong here, there is just no cache: the text is compiled.
#ifndef MX_INTERP_CODE_CACHE_H
#define MX_INTERP_CODE_CACHE_H

#include "bytecode/mxc.h"

// Is a text long enough for the cache to be faster than the compiler?
MX_FUNC bool mx_code_cache_pays(size_t len);
// The compiled form of a text, or NULL. Only text, dialect and flags of the source are looked at.
MX_FUNC MxcFile *mx_code_cache_find(ExecCtx *ec, const MxcSource *source);
// Enter it.
MX_FUNC void mx_code_cache_store(const MxcSource *source, const StrBuf *image);
// Open an image if it is whole and was made from this very text in this very way; NULL otherwise.
MX_FUNC MxcFile *mx_code_cache_open(ExecCtx *ec, const uint8_t *bytes, size_t len, const char *name,
                                    const MxcSource *source);

#endif
