# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-stale=3 --jit-log
# stderr-count: 1 loop at line 13: another context ran while recording
# stderr: loop at line 13: compiled
# stderr: loop at line 21: compiled
# A loop that lets another thread run in each of its rounds is recorded all the same: the recording
# waits with its thread. When it must give way to what is hot elsewhere that is not held against it.
queue = Queue.new
$left = 0
def takes(queue)
  taken = 0
  while true
    break if taken == 60
    taken += queue.pop
  end
  taken
end
def counts(n)
  i = 0
  while i < n
    i += 1
  end
  i
end
taker = Thread.new { takes(queue) }
12.times { queue << 1; Thread.pass }
p counts(2000)                                   # => 2000
48.times { queue << 1; Thread.pass }
p taker.value                                    # => 60
