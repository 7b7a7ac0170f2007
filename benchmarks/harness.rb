# SPDX-License-Identifier: MIT
# The timing loop of the benchmark programs in Ruby; benchmarks/README.md says how to use it.

# Read SIZE and ROUNDS from the command line; SIZE may be a percentage of the default.
def benchmark_arguments(default_size)
  size = ARGV[0] || "100%"
  size = size.end_with?("%") ? default_size * size.to_i / 100 : Integer(size)
  [[size, 1].max, Integer(ARGV[1] || 5)]
end

# Call work.(size) several times; print the seconds of each round whose result check.(size, result)
# accepts, and end the program at the first that it doesn't.
def benchmark(default_size, work, check)
  size, rounds = benchmark_arguments(default_size)
  1.upto(rounds) do |round|
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    result = work.call(size)
    seconds = Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
    abort "#{$0}: wrong result for size #{size}: #{result.inspect}" unless check.call(size, result)
    puts format("round %d %.9f", round, seconds)
    $stdout.flush
  end
end
