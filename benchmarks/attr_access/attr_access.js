// SPDX-License-Identifier: MIT
// Properties, read and written inside methods and from outside, on objects whose properties
// were set in two different orders.
"use strict";
const { benchmark } = require("../harness.js");

class Particle {
  constructor(x, y) {
    this.place(x, y);
    this.speed = 3;
    this.lift = 0;
  }

  place(x, y) {
    this.x = x;
    this.y = y;
  }

  move() {
    this.x += this.speed;
    this.y += this.lift;
  }
}

class Backward extends Particle {
  place(x, y) {
    this.lift = 0;
    this.speed = 3;
    super.place(x, y);
  }
}

// Move eight particles `size` times, half the state from inside, half from outside.
function moveAll(size) {
  const particles = [];
  for (let i = 0; i < 8; i++) particles.push(i % 2 ? new Backward(i, 0) : new Particle(i, 0));
  for (let i = 0; i < size; i++) {
    for (const particle of particles) {
      particle.move();
      particle.lift += 1;
      particle.x -= 1;
      particle.speed = 10 - particle.speed;
    }
  }
  return particles.reduce((sum, particle) => sum + particle.x + particle.y, 0);
}

// The speed alternates between 3 and 7, and the lift counts up from 0.
function finalSum(size) {
  const moved = Math.floor(size / 2) * 10 + (size % 2) * 3 - size;
  return 28 + 8 * (moved + (size * (size - 1)) / 2);
}

benchmark(150000, moveAll, (size, result) => result === finalSum(size));
