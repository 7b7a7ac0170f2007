// SPDX-License-Identifier: MIT
// The loops of small_loops.rb in C: the same bodies, elements of 8 bytes, results used.
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CALLS = 20, MASK = 1023 };

// What a loop goes over: elements, or their number.
typedef struct Data {
  const int64_t *integers;
  const double *floats;
  int64_t size;
  double limit; // size, as a double
} Data;

static int64_t each_integers(const Data *d, int64_t k, int64_t sum) {
  for (int64_t i = 0; i < d->size; i++) sum ^= d->integers[i] * k + (sum >> 3);
  return sum;
}

static int64_t times_integers(const Data *d, int64_t k, int64_t sum) {
  for (int64_t i = 0; i < d->size; i++) sum ^= i * k + (sum >> 3);
  return sum;
}

static void *reserve(size_t count) {
  void *memory = malloc(count * sizeof(int64_t));
  if (!memory) abort();
  return memory;
}

// Make a buffer twice as big.
static void *grow(void *memory, int64_t *room) {
  *room = *room ? *room * 2 : 8;
  memory = realloc(memory, (size_t)*room * sizeof(int64_t));
  if (!memory) abort();
  return memory;
}

static int64_t chain_integers(const Data *d, int64_t k, int64_t first) {
  int64_t *mapped = reserve((size_t)d->size), *chosen = NULL, count = 0, room = 0, sum = 0;
  for (int64_t i = 0; i < d->size; i++) mapped[i] = (d->integers[i] * k) ^ (d->integers[i] >> 3);
  for (int64_t i = 0; i < d->size; i++) {
    if (mapped[i] & 1) continue;
    if (count == room) chosen = grow(chosen, &room);
    chosen[count++] = mapped[i];
  }
  for (int64_t i = 0; i < count; i++) sum += chosen[i];
  free(mapped);
  free(chosen);
  return sum + first;
}

static double each_floats(const Data *d, double k, double sum) {
  for (int64_t i = 0; i < d->size; i++) sum = sum * 0.5 + d->floats[i] * k;
  return sum;
}

static double times_floats(const Data *d, double k, double sum) {
  for (int64_t i = 0; i < d->size; i++) sum = sum * 0.5 + (double)i * k;
  return sum;
}

static double while_floats(const Data *d, double k, double sum) {
  for (double x = 0.0; x < d->limit; x += 1.0) sum = sum * 0.5 + x * k;
  return sum;
}

// Array#sum keeps what additions lose (Kahan and Babuska).
static double compensated(const double *values, int64_t count) {
  double sum = 0.0, lost = 0.0;
  for (int64_t i = 0; i < count; i++) {
    double x = values[i], next = sum + x;
    lost += fabs(sum) >= fabs(x) ? (sum - next) + x : (x - next) + sum;
    sum = next;
  }
  return sum + lost;
}

static double chain_floats(const Data *d, double k, double first) {
  double *mapped = reserve((size_t)d->size), *chosen = NULL;
  int64_t count = 0, room = 0;
  for (int64_t i = 0; i < d->size; i++) mapped[i] = d->floats[i] * k + 0.5;
  for (int64_t i = 0; i < d->size; i++) {
    if (!(mapped[i] > 500.0)) continue;
    if (count == room) chosen = grow(chosen, &room);
    chosen[count++] = mapped[i];
  }
  double sum = compensated(chosen, count);
  free(mapped);
  free(chosen);
  return sum + first;
}

// `while` and `inject` are the same loops in C.
typedef struct Kind {
  const char *name;
  int64_t (*integers)(const Data *d, int64_t k, int64_t first);
  double (*floats)(const Data *d, double k, double first);
} Kind;

static const Kind kinds[] = {
    {"each_integers", each_integers, NULL},   {"times_integers", times_integers, NULL},
    {"while_integers", times_integers, NULL}, {"inject_integers", each_integers, NULL},
    {"chain_integers", chain_integers, NULL}, {"each_floats", NULL, each_floats},
    {"times_floats", NULL, times_floats},     {"while_floats", NULL, while_floats},
    {"inject_floats", NULL, each_floats},     {"chain_floats", NULL, chain_floats},
};

static double clock_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// One round: print its time and its result. The pointers in `kind` are called as they are read, so
// that no call is left out.
static void measure(const Kind *kind, const Data *d) {
  double begun = clock_now(), real = 7.0;
  int64_t whole = 7;
  for (int i = 0; i < CALLS; i++) {
    if (kind->integers)
      whole = kind->integers(d, 31, whole & MASK);
    else
      real = kind->floats(d, 1.5, real);
  }
  double seconds = clock_now() - begun;
  if (kind->integers)
    printf("%s %.9f %" PRId64 "\n", kind->name, seconds, whole);
  else
    printf("%s %.9f %.17g\n", kind->name, seconds, real);
}

int main(int argc, char **argv) {
  // Keep freed memory: most of the time of the chains would go into page faults.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  int64_t size = argc > 1 ? strtol(argv[1], NULL, 10) : 100000;
  long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 150;
  int64_t *integers = reserve((size_t)size);
  double *floats = reserve((size_t)size);
  for (int64_t i = 0; i < size; i++) integers[i] = i * i % 1009;
  for (int64_t i = 0; i < size; i++) floats[i] = (double)integers[i] + 0.25;
  Data data = {integers, floats, size, (double)size};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (long round = 0; round < rounds; round++) measure(&kinds[k], &data);
  free(integers);
  free(floats);
  return 0;
}
