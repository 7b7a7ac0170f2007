// SPDX-License-Identifier: MIT
// The timing loop of the benchmark programs in JavaScript; benchmarks/README.md says how to use it.
"use strict";

const fs = require("fs");

// Read SIZE and ROUNDS from the command line; SIZE may be a percentage of the default.
function readArguments(defaultSize) {
  const [size = "100%", rounds = "5"] = process.argv.slice(2);
  const number = parseInt(size, 10);
  const value = size.endsWith("%") ? Math.floor((defaultSize * number) / 100) : number;
  return [Math.max(value, 1), parseInt(rounds, 10)];
}

// Call work(size) several times; print the seconds of each round whose result check(size, result)
// accepts, and end the program at the first that it doesn't.
function benchmark(defaultSize, work, check) {
  const [size, rounds] = readArguments(defaultSize);
  for (let round = 1; round <= rounds; round++) {
    const start = process.hrtime.bigint();
    const result = work(size);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (!check(size, result)) {
      console.error(`${process.argv[1]}: wrong result for size ${size}: ${result}`);
      process.exit(1);
    }
    // Written at once: console.log on a pipe waits for the event loop.
    fs.writeSync(1, `round ${round} ${seconds.toFixed(9)}\n`);
  }
}

module.exports = { benchmark };
