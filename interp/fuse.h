// SPDX-License-Identifier: MIT
// Fused instructions of the private stream (fuse.c).
#ifndef MX_INTERP_FUSE_H
#define MX_INTERP_FUSE_H

#include "interp/stream.h"

// Put one instruction in the place of the first of each sequence that it stands for. words: the
// stream; begins: where its instructions begin, in order. The code's caches are filled.
MX_FUNC void mx_stream_fuse(Code *code, uint32_t *words, const uint32_t *begins, uint32_t count);

#endif
