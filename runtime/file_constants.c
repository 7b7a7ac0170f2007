// SPDX-License-Identifier: MIT
// Constants of IO, File and File::Constants.
#include "runtime/file.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/string.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct FileConstant {
  const char *name;
  int value;
} FileConstant;

static const FileConstant constants_of_file[] = {
    {"RDONLY", O_RDONLY},
    {"WRONLY", O_WRONLY},
    {"RDWR", O_RDWR},
    {"APPEND", O_APPEND},
    {"CREAT", O_CREAT},
    {"EXCL", O_EXCL},
    {"NONBLOCK", O_NONBLOCK},
    {"TRUNC", O_TRUNC},
    {"NOCTTY", O_NOCTTY},
    {"BINARY", 0},
    {"SHARE_DELETE", 0},
    {"SYNC", O_SYNC},
    {"DSYNC", O_DSYNC},
    {"RSYNC", O_RSYNC},
    {"NOFOLLOW", O_NOFOLLOW},
    {"DIRECTORY", O_DIRECTORY},
    {"TMPFILE", O_TMPFILE},
    {"NOATIME", O_NOATIME},
    {"DIRECT", O_DIRECT},
    {"LOCK_SH", LOCK_SH},
    {"LOCK_EX", LOCK_EX},
    {"LOCK_NB", LOCK_NB},
    {"LOCK_UN", LOCK_UN},
    {"FNM_NOESCAPE", GLOB_NOESCAPE},
    {"FNM_PATHNAME", GLOB_PATHNAME},
    {"FNM_DOTMATCH", GLOB_DOTMATCH},
    {"FNM_CASEFOLD", GLOB_CASEFOLD},
    {"FNM_EXTGLOB", GLOB_EXTGLOB},
    {"FNM_SYSCASE", 0},
    {"FNM_SHORTNAME", 0},
};

static const FileConstant constants_of_io[] = {
    {"SEEK_SET", SEEK_SET},   {"SEEK_CUR", SEEK_CUR},   {"SEEK_END", SEEK_END},
    {"SEEK_DATA", SEEK_DATA}, {"SEEK_HOLE", SEEK_HOLE}, {"READABLE", 1},
    {"PRIORITY", 2},          {"WRITABLE", 4},
};

// Set a constant to an Integer.
static void constants_set(ExecCtx *ec, ClassObj *in, const FileConstant *constant) {
  Value value = val_from_fixnum(constant->value);
  (void)!mx_const_set(ec, in, mx_sym(ec->vm, constant->name), value);
}

// Set a constant to a frozen String.
static void constants_set_text(ExecCtx *ec, ClassObj *in, const char *name, const char *text) {
  Value value = mx_str_freeze_dedup(ec, mx_str_from_cstr(ec, text));
  (void)!mx_const_set(ec, in, mx_sym(ec->vm, name), value);
}

// Boot: all constants. IO includes File::Constants.
void mx_file_boot_constants(ExecCtx *ec) {
  VM *vm = ec->vm;
  ClassObj *module = mx_module_define(ec, vm->cls.File, mx_sym(vm, "Constants"));
  for (size_t i = 0; i < MX_COUNT_OF(constants_of_file); i++)
    constants_set(ec, module, &constants_of_file[i]);
  for (size_t i = 0; i < MX_COUNT_OF(constants_of_io); i++)
    constants_set(ec, vm->cls.IO, &constants_of_io[i]);
  constants_set_text(ec, module, "NULL", "/dev/null");
  constants_set_text(ec, vm->cls.File, "SEPARATOR", "/");
  constants_set_text(ec, vm->cls.File, "Separator", "/");
  constants_set_text(ec, vm->cls.File, "PATH_SEPARATOR", ":");
  (void)!mx_const_set(ec, vm->cls.File, mx_sym(vm, "ALT_SEPARATOR"), VAL_NIL);
  (void)!mx_class_include(ec, vm->cls.IO, module);
}
