// SPDX-License-Identifier: MIT
// Compiled texts: programs from images and from the cache, images from programs (docs/mxc.md).
//
// text -> image itself, image beside the source, cache -> Unit without a tree; else parser -> Unit,
// and its image goes to the cache. The tree of a Unit that was loaded is recovered from its source
// when something asks for it (mx_unit_tree).
#ifndef MX_INTERP_IMAGE_H
#define MX_INTERP_IMAGE_H

#include "interp/program.h"

struct ParseOptions; // frontend/parser.h

// The unit of a program; NULL + SyntaxError or LoadError. The options say how the text is to be
// read; an image has a dialect of its own, which is set there.
MX_FUNC Unit *mx_image_unit(ExecCtx *ec, ProgramText *text, struct ParseOptions *options);
// Has the unit the text of its image, as it was written? Reads it from the file if need be. To be
// asked before the text of a unit without a tree is looked at.
MX_FUNC bool mx_image_text(Unit *unit);
// Length of the path of the source that an image is made of: a.mx for a.mxc, a.rb for a.rb.mxc.
MX_FUNC size_t mx_image_source_len(const char *path, size_t len);
// Compile a file and write its image; false + SyntaxError, ArgumentError or Errno.
MX_FUNC MX_MUST_CHECK bool mx_image_compile_file(ExecCtx *ec, const char *path, const char *target);

#endif
