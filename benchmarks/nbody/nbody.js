// SPDX-License-Identifier: MIT
// The sun and the large planets attract each other: float arithmetic on properties over pairs of
// objects.
"use strict";
const { benchmark } = require("../harness.js");

const SUN_MASS = 4 * Math.PI ** 2;
const DAYS = 365.24; // in a year
const STEP = 0.01; // years

// Place (in astronomical units), speed (in units a day) and mass (in suns) of the planets.
const PLANETS = [
  // Jupiter
  [4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
   1.66007664274403694e-3, 7.69901118419740425e-3, -6.90460016972063023e-5,
   9.54791938424326609e-4],
  // Saturn
  [8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
   -2.76742510726411899e-3, 4.99852801234917238e-3, 2.30417297573763929e-5,
   2.85885980666130812e-4],
  // Uranus
  [12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
   2.96460137564761618e-3, 2.37847173959480950e-3, -2.96589568540237556e-5,
   4.36624404335156298e-5],
  // Neptune
  [15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
   2.68067772490389322e-3, 1.62824170038242295e-3, -9.51592254519715870e-5,
   5.15138902046611451e-5],
];
// The energy at the start, and after some numbers of steps.
const START_ENERGY = -0.169075164;
const KNOWN = new Map([[1000, -0.169087605], [30000, -0.169020695]]);

class Body {
  constructor(x, y, z, vx, vy, vz, mass) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.vx = vx * DAYS;
    this.vy = vy * DAYS;
    this.vz = vz * DAYS;
    this.mass = mass * SUN_MASS;
  }

  // Move on, straight ahead.
  drift() {
    this.x += this.vx * STEP;
    this.y += this.vy * STEP;
    this.z += this.vz * STEP;
  }
}

// Return the bodies; the sun moves so that the momentum of all is zero.
function solarSystem() {
  const planets = PLANETS.map((figures) => new Body(...figures));
  const sun = new Body(0, 0, 0, 0, 0, 0, 1);
  for (const planet of planets) {
    sun.vx -= (planet.vx * planet.mass) / SUN_MASS;
    sun.vy -= (planet.vy * planet.mass) / SUN_MASS;
    sun.vz -= (planet.vz * planet.mass) / SUN_MASS;
  }
  return [sun, ...planets];
}

// Let two bodies change each other's speed.
function attract(a, b) {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  const dz = a.z - b.z;
  const square = dx * dx + dy * dy + dz * dz;
  const pull = STEP / (square * Math.sqrt(square));
  const pullA = b.mass * pull;
  a.vx -= dx * pullA;
  a.vy -= dy * pullA;
  a.vz -= dz * pullA;
  const pullB = a.mass * pull;
  b.vx += dx * pullB;
  b.vy += dy * pullB;
  b.vz += dz * pullB;
}

function advance(bodies) {
  for (let i = 0; i < bodies.length; i++) {
    for (let k = i + 1; k < bodies.length; k++) attract(bodies[i], bodies[k]);
  }
  for (const body of bodies) body.drift();
}

function energy(bodies) {
  let sum = 0;
  bodies.forEach((a, i) => {
    sum += 0.5 * a.mass * (a.vx ** 2 + a.vy ** 2 + a.vz ** 2);
    for (const b of bodies.slice(i + 1)) {
      sum -= (a.mass * b.mass) / Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
    }
  });
  return sum;
}

// Return the energy after the steps.
function nbody(steps) {
  const bodies = solarSystem();
  for (let i = 0; i < steps; i++) advance(bodies);
  return energy(bodies);
}

// The energy is conserved, but for what the length of a step costs.
function conserved(steps, result) {
  if (KNOWN.has(steps)) return Math.abs(result - KNOWN.get(steps)) < 1e-9;
  return Math.abs(result - START_ENERGY) < 2e-4;
}

benchmark(30000, nbody, conserved);
