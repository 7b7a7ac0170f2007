// SPDX-License-Identifier: MIT
// Starting programs: what spawn, system, exec and popen ask for, as data.
//
// OWNERSHIP: everything is collected memory, so errors need no clean-up.
#ifndef MX_RUNTIME_SPAWN_H
#define MX_RUNTIME_SPAWN_H

#include "runtime/vm.h"

#include <sys/types.h>

typedef enum SpawnActionKind { SPAWN_DUP, SPAWN_OPEN, SPAWN_CLOSE } SpawnActionKind;

// What the new process does with a descriptor before the program starts.
typedef struct SpawnAction {
  SpawnActionKind kind;
  int fd;           // descriptor of the new process
  int source;       // SPAWN_DUP: where it comes from
  int oflags;       // SPAWN_OPEN: O_*
  int perm;         // SPAWN_OPEN: permissions of a new file
  const char *path; // SPAWN_OPEN
  bool late;        // [:child, fd]: after all others, as it copies what they made
} SpawnAction;

typedef struct Spawn {
  const char *program;  // path, or name to look for in PATH
  char **argv;          // NULL behind the last
  char **envp;          // likewise
  SpawnAction *actions; // in order
  uint32_t count;       // actions
  const char *dir;      // chdir:, or NULL
  int pgroup;           // process group to join, 0 for one of its own, -1 to stay
  int umask;            // umask:, or -1
} Spawn;

// Read (env, args, options): env is a Hash or nil, args an Array of what the program gave behind
// it, options a Hash or nil.
MX_FUNC MX_MUST_CHECK bool mx_spawn_read(ExecCtx *ec, Value env, Value args, Value options,
                                         Spawn *out);
// Start the program; the pid, or -1 + exception.
MX_FUNC pid_t mx_spawn_start(ExecCtx *ec, const Spawn *spawn);
// Become the program; returns only after raising.
MX_FUNC Value mx_spawn_replace(ExecCtx *ec, const Spawn *spawn);

#endif
