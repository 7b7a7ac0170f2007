// SPDX-License-Identifier: MIT
// The Towers of Hanoi with piles of linked disks: recursion, properties that change type (an object
// or null), and a check on each move that never fails.
"use strict";
const { benchmark } = require("../harness.js");

// A disk and what lies under it on its pile.
class Disk {
  constructor(size) {
    this.size = size;
    this.below = null;
  }
}

class Towers {
  constructor(disks) {
    this.disks = disks;
    this.tops = [null, null, null];
    this.moves = 0;
    for (let size = disks; size >= 1; size--) this.push(0, new Disk(size));
  }

  // Move the upper `count` disks of a pile by way of the third one.
  move(count, from, to) {
    if (count === 1) {
      this.moveTop(from, to);
      return;
    }
    const other = 3 - from - to;
    this.move(count - 1, from, other);
    this.moveTop(from, to);
    this.move(count - 1, other, to);
  }

  // Tell whether a pile holds every disk in order.
  allOn(pile) {
    let disk = this.tops[pile];
    for (let size = 1; size <= this.disks; size++) {
      if (!disk || disk.size !== size) return false;
      disk = disk.below;
    }
    return disk === null;
  }

  moveTop(from, to) {
    this.push(to, this.pop(from));
    this.moves += 1;
  }

  push(pile, disk) {
    const top = this.tops[pile];
    if (top && top.size <= disk.size) throw new Error("a disk on a smaller one");
    disk.below = top;
    this.tops[pile] = disk;
  }

  pop(pile) {
    const disk = this.tops[pile];
    if (!disk) throw new Error("a disk from an empty pile");
    this.tops[pile] = disk.below;
    disk.below = null;
    return disk;
  }
}

function solve(disks) {
  const towers = new Towers(disks);
  towers.move(disks, 0, 2);
  return towers;
}

benchmark(20, solve, (disks, towers) => towers.moves === 2 ** disks - 1 && towers.allOn(2));
