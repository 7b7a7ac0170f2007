// SPDX-License-Identifier: MIT
// Opening compiled files: header, source text, program info, names. The text may come later.
#include "bytecode/mxc_format.h"

bool mx_mxc_is_image(const void *bytes, size_t len) {
  return len >= sizeof MXC_MAGIC - 1 && memcmp(bytes, MXC_MAGIC, sizeof MXC_MAGIC - 1) == 0;
}

// A field of the header.
static uint32_t open_field(const MxcFile *file, uint32_t at) {
  return mxc_get_fixed(file->bytes + at);
}

// A digest in the header.
static Digest open_digest(const MxcFile *file, uint32_t at) {
  Digest digest;
  memcpy(digest.bytes, file->bytes + at, DIGEST_BYTES);
  return digest;
}

// Is a digest of the header that of some bytes?
static bool open_sum_is(const MxcFile *file, uint32_t at, const void *bytes, size_t len) {
  Digest stated = open_digest(file, at), digest = mx_digest(bytes, len);
  return mx_digest_eq(&stated, &digest);
}

// ---- header

// Is the header as it was written?
static bool open_header_is_whole(const MxcFile *file) {
  uint8_t header[MXC_HEADER];
  memcpy(header, file->bytes, sizeof header);
  memset(header + MXC_AT_HEADER_SUM, 0, DIGEST_BYTES);
  return open_sum_is(file, MXC_AT_HEADER_SUM, header, sizeof header);
}

// Say that the file belongs to another engine.
static const char *open_other_engine(const MxcFile *file, StrBuf *why) {
  char version[MXC_VERSION_ROOM + 1] = {0}, theirs[DIGEST_HEX], ours[DIGEST_HEX];
  memcpy(version, file->bytes + MXC_AT_VERSION, MXC_VERSION_ROOM);
  for (char *at = version; *at; at++)
    if (*at < ' ' || *at > '~') *at = '?';
  Digest digest = open_digest(file, MXC_AT_ENGINE), own = mx_mxc_engine();
  mx_digest_hex(&digest, theirs);
  mx_digest_hex(&own, ours);
  mx_strbuf_printf(why, "it was compiled by metorex %s (build %.8s), this is %s (build %.8s)",
                   version, theirs, mx_mxc_version(), ours);
  return mx_strbuf_text(why);
}

// Length of the image whose bytes these are, its text included.
static size_t open_length(const MxcFile *file, size_t len) {
  return file->path ? len + open_field(file, MXC_AT_SOURCE + 4) + 1 : len;
}

// Check that the bytes are an image of this engine, whole in its header; NULL or what is wrong.
static const char *open_check_header(const MxcFile *file, size_t len, StrBuf *why) {
  if (!mx_mxc_is_image(file->bytes, len)) return "it is no compiled file";
  if (len < MXC_HEADER) return "it is cut off";
  uint32_t format = open_field(file, MXC_AT_FORMAT);
  if (format != MXC_FORMAT) {
    mx_strbuf_printf(why, "its format has version %u, this metorex reads version %u", format,
                     MXC_FORMAT);
    return mx_strbuf_text(why);
  }
  if (!open_header_is_whole(file)) return "its header is damaged";
  Digest engine = open_digest(file, MXC_AT_ENGINE), own = mx_mxc_engine();
  if (!mx_digest_eq(&engine, &own)) return open_other_engine(file, why);
  size_t stated = open_field(file, MXC_AT_LENGTH), whole = open_length(file, len);
  if (stated != whole) return whole < stated ? "it is cut off" : "something follows its end";
  return NULL;
}

// ---- parts

// Find a part by the header's offset and length; NULL when it lies outside.
static const uint8_t *open_place(const MxcFile *file, uint32_t at, uint32_t *len) {
  uint32_t start = open_field(file, at);
  *len = open_field(file, at + 4);
  bool inside = start >= MXC_HEADER && start <= file->len && *len <= file->len - start;
  return inside ? file->bytes + start : NULL;
}

// Find a part and check its digest; NULL when it is damaged.
static const uint8_t *open_part(const MxcFile *file, uint32_t at, uint32_t sum_at, uint32_t *len) {
  const uint8_t *part = open_place(file, at, len);
  return part && open_sum_is(file, sum_at, part, *len) ? part : NULL;
}

// Find the source text, which is the last part, with a NUL behind it. It is checked when somebody
// wants to read it.
static const char *open_text(MxcFile *file) {
  MxcSource *source = &file->source;
  uint32_t start = open_field(file, MXC_AT_SOURCE);
  source->len = open_field(file, MXC_AT_SOURCE + 4);
  bool inside = start >= MXC_HEADER && start <= file->len;
  if (file->path) return inside && start == file->len ? NULL : "its source text is damaged";
  if (!inside || source->len != file->len - start - 1 || file->bytes[file->len - 1] != 0)
    return "its source text is damaged";
  source->text = (const char *)file->bytes + start;
  return NULL;
}

// Find the source text, and how it was compiled.
static const char *open_source(MxcFile *file) {
  MxcSource *source = &file->source;
  const char *wrong = open_text(file);
  if (wrong) return wrong;
  source->dialect = (uint8_t)open_field(file, MXC_AT_DIALECT);
  source->flags = (uint8_t)open_field(file, MXC_AT_FLAGS);
  if (open_field(file, MXC_AT_DIALECT) > DIALECT_CORE || open_field(file, MXC_AT_FLAGS) > MXC_FLAGS)
    return "it was compiled in an unknown way";
  source->module_id = open_digest(file, MXC_AT_MODULE_ID);
  source->module_version = open_field(file, MXC_AT_MODULE_VER);
  return NULL;
}

// Find the names, none of which is looked at.
static const char *open_names(MxcFile *file) {
  file->names = open_part(file, MXC_AT_NAMES, MXC_AT_NAMES_SUM, &file->names_len);
  file->name_count = open_field(file, MXC_AT_NAME_COUNT);
  if (!file->names || file->name_count > file->names_len / 4) return "its names are damaged";
  size_t bytes = (file->name_count + 1u) * sizeof(Sym);
  file->syms = mx_gc_alloc_atomic(bytes);
  memset(file->syms, 0, bytes);
  return NULL;
}

// Read the tables of lines. The places are not looked at.
static void open_newlines(MxcReader *r) {
  MxcSource *source = &r->file->source;
  uint32_t blocks = mx_source_blocks(source->len), before = 0;
  if (blocks > (size_t)(r->end - r->at)) blocks = mx_mxc_bad(r, "its lines make no sense");
  uint32_t *newlines = mx_gc_alloc_atomic((blocks + 1u) * sizeof *newlines);
  for (uint32_t i = 0; i < blocks; i++) {
    newlines[i] = before;
    uint32_t count = mx_mxc_get32(r);
    if (count > SOURCE_BLOCK) count = mx_mxc_bad(r, "its lines make no sense");
    before += count;
  }
  newlines[blocks] = before;
  source->newlines = newlines;
  source->places = mx_mxc_get_bytes(r, 2 * before);
}

// Read the warnings of the parser.
static void open_warnings(MxcReader *r) {
  MxcSource *source = &r->file->source;
  source->warning_count = mx_mxc_get_count(r, 4);
  Diag *warnings = mx_gc_alloc_words((source->warning_count + 1u) * sizeof *warnings);
  for (uint32_t i = 0; i < source->warning_count && !r->why; i++) {
    Diag *warning = &warnings[i];
    uint32_t kind = mx_mxc_get_byte(r);
    warning->kind = (DiagKind)kind;
    warning->span = (Span){mx_mxc_get32(r), mx_mxc_get32(r)};
    warning->message = mx_mxc_get_text(r);
    if ((kind != DIAG_WARNING && kind != DIAG_WARNING_VERBOSE) ||
        warning->span.start > source->len || warning->span.end > source->len)
      mx_mxc_bad(r, "a warning makes no sense");
  }
  source->warnings = warnings;
}

// Read what is known of the program.
static const char *open_info(ExecCtx *ec, MxcFile *file) {
  uint32_t len;
  const uint8_t *info = open_part(file, MXC_AT_INFO, MXC_AT_INFO_SUM, &len);
  if (!info) return "its head is damaged";
  MxcReader r = {.at = info, .end = info + len, .ec = ec, .file = file};
  MxcSource *source = &file->source;
  source->tree_flags = mx_mxc_get32(&r);
  source->node_count = mx_mxc_get32(&r);
  source->data_start = mx_mxc_get32(&r);
  source->encoding = mx_mxc_get_byte(&r);
  const char *encoding = mx_mxc_get_text(&r);
  source->encoding_name = *encoding ? encoding : NULL;
  open_newlines(&r);
  open_warnings(&r);
  if (source->data_start > source->len || source->encoding > SYM_ENC_BINARY)
    mx_mxc_bad(&r, "its head makes no sense");
  file->root = r.why ? NULL : mx_mxc_get_info(&r, NULL);
  file->reference = (uint32_t)(r.at - file->bytes);
  mx_mxc_get_bytes(&r, MXC_REFERENCE);
  if (!r.why && r.at != r.end) mx_mxc_bad(&r, "its head is too long");
  return r.why;
}

// Open all parts; NULL or what is wrong.
static const char *open_parts(ExecCtx *ec, MxcFile *file, size_t len, StrBuf *why) {
  const char *wrong = open_check_header(file, len, why);
  if (!wrong) wrong = open_source(file);
  if (!wrong) wrong = open_names(file);
  return wrong ? wrong : open_info(ec, file);
}

// Memory of a file's arena.
static void *open_memory(void *ctx, size_t bytes) {
  (void)ctx;
  return mx_gc_alloc_words(bytes);
}

// A copy in collected memory.
static const char *open_copy(const char *text) {
  size_t len = strlen(text);
  char *copy = mx_gc_alloc_atomic(len + 1);
  memcpy(copy, text, len + 1);
  return copy;
}

MxcFile *mx_mxc_open_head(ExecCtx *ec, const uint8_t *bytes, size_t len, const char *path,
                          const char *name, StrBuf *why) {
  MxcFile *file = mx_gc_alloc_words(sizeof *file);
  *file = (MxcFile){.bytes = bytes, .len = (uint32_t)len, .name = open_copy(name)};
  if (path) file->path = open_copy(path);
  mx_arena_init(&file->arena, (ChunkAlloc){.alloc = open_memory});
  const char *wrong = len > MXC_MAX_LEN ? "it is too long" : open_parts(ec, file, len, why);
  if (!wrong) return file;
  if (why->len == 0) mx_strbuf_add_str(why, wrong);
  return NULL;
}

MxcFile *mx_mxc_open(ExecCtx *ec, const uint8_t *bytes, size_t len, const char *name, StrBuf *why) {
  return mx_mxc_open_head(ec, bytes, len, NULL, name, why);
}

size_t mx_mxc_head(const uint8_t *bytes, size_t len, size_t file_len) {
  static_assert(MXC_LOOK >= (int)MXC_HEADER, "a look shows the header");
  const MxcFile file = {.bytes = bytes, .len = (uint32_t)len};
  bool is_image = len >= MXC_HEADER && mx_mxc_is_image(bytes, len) &&
                  open_field(&file, MXC_AT_FORMAT) == MXC_FORMAT &&
                  open_field(&file, MXC_AT_LENGTH) == file_len;
  if (!is_image) return file_len;
  uint32_t start = open_field(&file, MXC_AT_SOURCE);
  return start >= MXC_HEADER && start < file_len ? start : file_len;
}

const char *mx_mxc_text_path(const MxcFile *file, uint32_t *start) {
  *start = file->len;
  return file->source.text ? NULL : file->path;
}

bool mx_mxc_give_text(MxcFile *file, const char *text) {
  if (text[file->source.len] != 0 || !open_sum_is(file, MXC_AT_SOURCE_SUM, text, file->source.len))
    return false;
  file->source.text = text;
  return true;
}

bool mx_mxc_is_whole(MxcFile *file) {
  file->whole = !file->path && open_sum_is(file, MXC_AT_IMAGE_SUM, file->bytes + MXC_HEADER,
                                           file->len - MXC_HEADER);
  return file->whole;
}

bool mx_mxc_text_is_whole(const MxcFile *file) {
  const MxcSource *source = &file->source;
  return source->text && open_sum_is(file, MXC_AT_SOURCE_SUM, source->text, source->len);
}

const MxcSource *mx_mxc_source(const MxcFile *file) { return &file->source; }
