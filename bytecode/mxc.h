// SPDX-License-Identifier: MIT
// Compiled files (.mxc): a program's chunks, with its source text, as one image of bytes.
//
// chunks + MxcSource -> mx_mxc_write -> bytes -> mx_mxc_open -> mx_mxc_program, mx_mxc_load
// The layout is in mxc_format.h. Bodies lie in sections of their own and are read when they are
// needed first. A chunk that was read knows kind and place of its nested bodies; of blocks it has
// stubs, Chunks that know all that closures ask for (kind, scope, params, name, span) but have no
// code yet.
// INVARIANTS:
// 1. Nothing in the bytes is trusted: every length, index and order is checked before it is used,
//    memory is bounded by the length of the image, and sections nest as a tree.
// 2. Code leaves here only after the verifier has passed it (CHUNK_VERIFIED).
// 3. An image of another build of the engine is refused: opcodes, node ids and tables may differ.
// OWNERSHIP: everything is collected memory; code and source text point into the image itself.
//
// An image may be opened without its source text, which is the larger half of what is read of a
// program that runs: nothing but trees, messages and listings needs it. Then it is given later.
#ifndef MX_BYTECODE_MXC_H
#define MX_BYTECODE_MXC_H

#include "runtime/base/diag.h"
#include "runtime/base/digest.h"
#include "runtime/base/strbuf.h"
#include "bytecode/chunk.h"

// How a text was compiled; a run that asks for something else must compile it anew.
enum {
  MXC_CORE = 1 << 0,   // core mode
  MXC_TYPES = 1 << 1,  // --check-types
  MXC_FROZEN = 1 << 2, // --enable=frozen-string-literal
  MXC_FLAGS = 7,       // all of them
};

// A text, and what the engines know of it besides its chunks.
typedef struct MxcSource {
  const char *text;          // bytes, a NUL behind them; NULL: not given yet
  uint32_t len;              // bytes
  uint8_t dialect;           // Dialect
  uint8_t flags;             // MXC_*
  uint32_t tree_flags;       // Ast.flags
  uint32_t node_count;       // Ast.node_count: node ids are below it
  uint32_t data_start;       // offset behind the line __END__, or 0
  uint32_t encoding;         // of the source, SYM_ENC_*
  const char *encoding_name; // Ast.encoding_name, or NULL
  const uint32_t *newlines;  // tables of lines (runtime/base/source.h); made when it is written
  const uint8_t *places;     // likewise
  const Diag *warnings;      // of the parser, to be repeated at each run
  uint32_t warning_count;    // entries of warnings
  Digest module_id;          // zeros: a program that is no module (reserved)
  uint32_t module_version;   // likewise
} MxcSource;

typedef struct MxcFile MxcFile; // an image that was opened

// Do the bytes begin like an image?
MX_FUNC bool mx_mxc_is_image(const void *bytes, size_t len);
// Digest of a text, the way it is to be compiled, and the engine: what its image depends on.
MX_FUNC Digest mx_mxc_key(const MxcSource *source);
// Append the image of a program all of whose bodies are there. False when it cannot be saved;
// *why says so.
MX_FUNC MX_MUST_CHECK bool mx_mxc_write(ExecCtx *ec, const MxcSource *source, const Chunk *program,
                                        StrBuf *out, const char **why);
// Open an image in collected memory; NULL when it cannot be used, with the reason in *why. Bodies
// are not looked at. The name is for messages.
MX_FUNC MxcFile *mx_mxc_open(ExecCtx *ec, const uint8_t *bytes, size_t len, const char *name,
                             StrBuf *why);
// How many bytes of a file to read before its text is needed: the head of an image whose text is
// all that follows, else all of them. bytes: the first ones, as many as there are up to MXC_LOOK.
enum { MXC_LOOK = 256 };
MX_FUNC size_t mx_mxc_head(const uint8_t *bytes, size_t len, size_t file_len);
// Open the head of an image; path, an absolute one, says where its text is.
MX_FUNC MxcFile *mx_mxc_open_head(ExecCtx *ec, const uint8_t *bytes, size_t len, const char *path,
                                  const char *name, StrBuf *why);
// Where the text of a head is: path, and offset of its first byte; NULL when it is there.
MX_FUNC const char *mx_mxc_text_path(const MxcFile *file, uint32_t *start);
// Give a head its text, with the NUL behind it; false when it is not the one that was written.
MX_FUNC MX_MUST_CHECK bool mx_mxc_give_text(MxcFile *file, const char *text);
// Is every byte as it was written, bodies included? Then digests of bodies are not compared again.
MX_FUNC bool mx_mxc_is_whole(MxcFile *file);
// Is the source text there, and as it was written? To be asked before it is parsed or shown to a
// program; the bodies do not depend on it.
MX_FUNC bool mx_mxc_text_is_whole(const MxcFile *file);
// What the image says of the text that it was made from.
MX_FUNC const MxcSource *mx_mxc_source(const MxcFile *file);
// The program's chunk, verified; NULL + LoadError.
MX_FUNC Chunk *mx_mxc_program(ExecCtx *ec, MxcFile *file);
// Read and verify a nested body of a chunk from this file; false + LoadError. A stub becomes the
// whole chunk in place.
MX_FUNC MX_MUST_CHECK bool mx_mxc_load(ExecCtx *ec, MxcFile *file, Chunk *chunk, uint32_t index);

#endif
