// SPDX-License-Identifier: MIT
// The sun and the large planets attract each other: float arithmetic on fields over pairs of
// structs.
#include "benchmarks/harness.h"

#include <math.h>

// Places are in astronomical units, speeds in units a year, masses in 1 / (4 pi^2) suns.
typedef struct {
  double x, y, z;
  double vx, vy, vz;
  double mass;
} Body;

enum { BODIES = 5 };

static const double PI = 3.14159265358979323846;
static const double DAYS = 365.24; // in a year
static const double STEP = 0.01;   // years

// The sun and the planets; speeds are in units a day here, masses in suns.
static const Body FIGURES[BODIES] = {
    {0, 0, 0, 0, 0, 0, 1},
    // Jupiter
    {4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 1.66007664274403694e-3,
     7.69901118419740425e-3, -6.90460016972063023e-5, 9.54791938424326609e-4},
    // Saturn
    {8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -2.76742510726411899e-3,
     4.99852801234917238e-3, 2.30417297573763929e-5, 2.85885980666130812e-4},
    // Uranus
    {12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 2.96460137564761618e-3,
     2.37847173959480950e-3, -2.96589568540237556e-5, 4.36624404335156298e-5},
    // Neptune
    {15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 2.68067772490389322e-3,
     1.62824170038242295e-3, -9.51592254519715870e-5, 5.15138902046611451e-5},
};

// Set the bodies up; the sun moves so that the momentum of all is zero.
static void solar_system(Body *bodies) {
  Body *sun = &bodies[0];
  for (int i = 0; i < BODIES; i++) {
    Body *body = &bodies[i];
    *body = FIGURES[i];
    body->vx *= DAYS;
    body->vy *= DAYS;
    body->vz *= DAYS;
    sun->vx -= i ? body->vx * body->mass : 0;
    sun->vy -= i ? body->vy * body->mass : 0;
    sun->vz -= i ? body->vz * body->mass : 0;
    body->mass *= 4 * PI * PI;
  }
}

// Let two bodies change each other's speed.
static void attract(Body *a, Body *b) {
  double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
  double square = dx * dx + dy * dy + dz * dz;
  double pull = STEP / (square * sqrt(square));
  double pull_a = b->mass * pull;
  a->vx -= dx * pull_a;
  a->vy -= dy * pull_a;
  a->vz -= dz * pull_a;
  double pull_b = a->mass * pull;
  b->vx += dx * pull_b;
  b->vy += dy * pull_b;
  b->vz += dz * pull_b;
}

// Go on by one step.
static void advance(Body *bodies) {
  for (int i = 0; i < BODIES; i++) {
    for (int k = i + 1; k < BODIES; k++) attract(&bodies[i], &bodies[k]);
  }
  for (int i = 0; i < BODIES; i++) {
    bodies[i].x += bodies[i].vx * STEP;
    bodies[i].y += bodies[i].vy * STEP;
    bodies[i].z += bodies[i].vz * STEP;
  }
}

// Return the energy of motion less that of attraction.
static double energy(const Body *bodies) {
  double sum = 0;
  for (int i = 0; i < BODIES; i++) {
    const Body *a = &bodies[i];
    sum += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
    for (int k = i + 1; k < BODIES; k++) {
      const Body *b = &bodies[k];
      double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      sum -= a->mass * b->mass / sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return sum;
}

// Return the energy after the steps.
static double nbody(long steps) {
  Body bodies[BODIES];
  solar_system(bodies);
  for (long i = 0; i < steps; i++) advance(bodies);
  return energy(bodies);
}

// Check the energy, which is conserved, but for what the length of a step costs.
static bool conserved(long steps, double result) {
  switch (steps) {
  case 1000: return fabs(result - -0.169087605) < 1e-9;
  case 30000: return fabs(result - -0.169020695) < 1e-9;
  default: return fabs(result - -0.169075164) < 2e-4;
  }
}

int main(int argc, char **argv) { return benchmark(argc, argv, 30000, nbody, conserved); }
