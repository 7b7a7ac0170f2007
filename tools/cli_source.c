// SPDX-License-Identifier: MIT
// The program's text: -e, a file, or standard input; -x, the options of a first line.
//
// Any bytes are taken as they are. A path is searched in PATH under -S when it names no directory.
#include "interp/image_file.h"
#include "tools/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOURCE_PIECE = 65536 }; // bytes read at once from what has no size

// Read a descriptor up to a limit, or to its end; room: bytes to expect. False with errno set.
static bool source_fill(int fd, size_t room, size_t limit, StrBuf *out) {
  mx_strbuf_reserve(out, room);
  out->at[out->len] = 0;
  while (out->len < limit) {
    size_t free = out->room - out->len - 1, left = limit - out->len;
    ssize_t got = read(fd, out->at + out->len, free < left ? free : left);
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) out->len += (size_t)got;
    out->at[out->len] = 0;
    if (out->room - out->len <= 1) mx_strbuf_reserve(out, SOURCE_PIECE);
  }
  return true;
}

// Read a descriptor to its end; false with errno set.
static bool source_read_fd(int fd, StrBuf *out) {
  struct stat info;
  bool is_file = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
  // One byte more than there should be, so that the end is met without another round.
  return source_fill(fd, is_file ? (size_t)info.st_size + 1 : SOURCE_PIECE, SIZE_MAX, out);
}

// Complain about a file that cannot be read.
static bool source_fail(int error, const char *path) {
  return mx_cli_fail("LoadError", "%s -- %s", strerror(error), path);
}

// Read the head of a compiled file that is to run; false when that is not what the file is. The
// text is read when it is needed.
static bool source_read_head(Cli *cli, int fd, const char *name, CliSource *out) {
  struct stat info;
  if (cli->action != CLI_RUN || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) return false;
  size_t head = mx_image_head(fd, (size_t)info.st_size);
  if (head == (size_t)info.st_size || !source_fill(fd, head + 1, head, &cli->program)) return false;
  StrBuf path = STRBUF_INIT;
  mx_image_absolute(name, &path);
  out->path = mx_arena_copy(&cli->arena, mx_strbuf_text(&path), path.len);
  mx_strbuf_free(&path);
  return true;
}

// Read a file.
static bool source_read_file(Cli *cli, const char *path, CliSource *out) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return source_fail(errno, path);
  struct stat info;
  bool is_dir = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
  bool ok = !is_dir && (source_read_head(cli, fd, path, out) || source_read_fd(fd, &cli->program));
  int error = is_dir ? EISDIR : errno;
  close(fd);
  return ok || source_fail(error, path);
}

// -S: the path of a script that lies in a directory of PATH, else the name itself.
static const char *source_search(Cli *cli, const char *name) {
  const char *path = getenv("PATH");
  if (strchr(name, '/') || !path) return name;
  char *save = NULL;
  char *copy = mx_arena_copy(&cli->arena, path, strlen(path));
  for (char *dir = strtok_r(copy, ":", &save); dir; dir = strtok_r(NULL, ":", &save)) {
    char *full = mx_arena_alloc(&cli->arena, strlen(dir) + strlen(name) + 2);
    sprintf(full, "%s/%s", dir, name);
    if (access(full, R_OK) == 0) return full;
  }
  return name;
}

// Does a line of `len` bytes begin with #! and name the interpreter? Returns where the name ends.
static const char *source_shebang(const char *line, size_t len) {
  static const char *const names[] = {"ruby", "metorex"};
  if (len < 2 || line[0] != '#' || line[1] != '!') return NULL;
  for (size_t i = 0; i < MX_COUNT_OF(names); i++) {
    const char *at = memmem(line, len, names[i], strlen(names[i]));
    if (at) return at + strlen(names[i]);
  }
  return NULL;
}

// -x: drop the lines before the one that names the interpreter.
static bool source_skip(StrBuf *text) {
  for (size_t at = 0; at < text->len;) {
    const char *line = text->at + at;
    const char *end = memchr(line, '\n', text->len - at);
    size_t len = end ? (size_t)(end - line) : text->len - at;
    if (source_shebang(line, len)) {
      memmove(text->at, line, text->len - at);
      mx_strbuf_truncate(text, text->len - at);
      return true;
    }
    at += len + 1;
  }
  return mx_cli_fail("LoadError", "no Ruby script found in input");
}

// Take the options that stand behind the interpreter's name in the first line.
static bool source_take_options(Cli *cli, const StrBuf *text) {
  const char *end = memchr(mx_strbuf_text(text), '\n', text->len);
  size_t len = end ? (size_t)(end - text->at) : text->len;
  const char *behind = source_shebang(mx_strbuf_text(text), len);
  if (!behind) return true;
  len -= (size_t)(behind - text->at);
  const char *dash = memmem(behind, len, " -", 2);
  if (!dash) return true;
  len -= (size_t)(dash - behind);
  return mx_cli_parse_text(cli, mx_arena_copy(&cli->arena, dash, len), false);
}

// Dialect of a program by its name.
static Dialect source_dialect(const Cli *cli, const char *name) {
  if (cli->eval.force_dialect) return cli->eval.dialect;
  size_t len = strlen(name);
  bool metorex = cli->has_code || (len > 3 && strcmp(name + len - 3, ".mx") == 0);
  return metorex ? DIALECT_METOREX : DIALECT_RUBY;
}

// Read the text from where it is.
static bool source_read(Cli *cli, CliSource *out) {
  out->path = NULL;
  if (cli->has_code) {
    out->name = "-e";
    mx_strbuf_add(&cli->program, cli->code.at, cli->code.len);
    return true;
  }
  if (cli->script) {
    out->name = cli->search_path ? source_search(cli, cli->script) : cli->script;
    return source_read_file(cli, out->name, out);
  }
  out->name = "-";
  return source_read_fd(STDIN_FILENO, &cli->program) || source_fail(errno, "-");
}

// Go to the directory of -C, -X and -x.
bool mx_cli_change_dir(const Cli *cli) {
  if (!cli->dir || chdir(cli->dir) == 0) return true;
  return mx_cli_fail("fatal", "Can't chdir to %s", cli->dir);
}

// Find and read the program; options of its first line are taken.
bool mx_cli_read_program(Cli *cli, CliSource *out) {
  StrBuf *text = &cli->program;
  bool ok = mx_cli_change_dir(cli) && source_read(cli, out) && (!cli->skip || source_skip(text)) &&
            (cli->has_code || source_take_options(cli, text));
  if (!ok) return false;
  out->text = mx_strbuf_text(text);
  out->len = text->len;
  out->dialect = source_dialect(cli, out->name);
  mx_cli_take_switches(cli);
  return true;
}
