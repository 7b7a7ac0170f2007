// SPDX-License-Identifier: MIT
// Loading the back end's module, and what it is told of the program.
#include "jit/jit_state.h"
#include "jit/layout.h"
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

static uint64_t backend_new_object(ExecCtx *ec, uint64_t shape) {
  return mx_object_new_shape(ec, (ShapeId)shape);
}

// Path of the back end's module, which lies beside the program.
static bool backend_path(char *path, size_t room) {
  static const char name[] = "metorex-jit.so";
  ssize_t length = readlink("/proc/self/exe", path, room - sizeof name);
  if (length <= 0) return false;
  while (length > 0 && path[length - 1] != '/') length--;
  memcpy(path + length, name, sizeof name);
  return true;
}

// Open the module; NULL when it cannot be.
static JitBackendFn backend_door(const char *module, char **message) {
  char path[4096];
  if (!module && !backend_path(path, sizeof path)) return NULL;
  void *library = dlopen(module ? module : path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    *message = strdup(dlerror());
    return NULL;
  }
  JitBackendFn door;
  *(void **)(void *)&door = dlsym(library, JIT_BACKEND_SYMBOL);
  return door;
}

bool mx_jit_available(const JitOptions *options) {
  char path[4096];
  if (options->module) return access(options->module, R_OK) == 0;
  return backend_path(path, sizeof path) && access(path, R_OK) == 0;
}

bool mx_backend_load(Compiler *compiler, char **message) {
  if (compiler->tried) return compiler->backend != NULL;
  compiler->tried = true;
  compiler->hooks = (BackendHooks){
      .offsets = mx_layout_offsets(),
      .addresses = mx_layout_addresses(),
      .call = mx_enter_call,
      .raised = mx_enter_raised,
      .interpret = mx_activation_interpret,
      .leave = mx_activation_leave,
      .new_object = backend_new_object,
      .object_flags = T_OBJECT,
      .cells = compiler->cells,
      .granule = GC_GRANULE,
      .cell_max = GC_SMALL_MAX,
      .stress = compiler->stress,
      .debugger = compiler->options->debugger,
  };
  JitBackendFn door = backend_door(compiler->options->module, message);
  if (!door) return false;
  compiler->api = door();
  compiler->backend = compiler->api->open(&compiler->hooks);
  return compiler->backend != NULL;
}
