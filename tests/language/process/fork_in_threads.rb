# SPDX-License-Identifier: MIT
# fork: only the thread that calls it lives on in the child, as its main thread.
$stdout.sync = true

def child(&block)
  Process.wait(fork(&block))
  $?.exitstatus
end

# The others are dead there, whatever they do here: they do not run, and joining ends at once.
turns = 0
other = Thread.new { loop { turns += 1; Thread.pass } }
Thread.pass until turns > 3
child do
  before = turns
  1000.times { Thread.pass }
  p turns == before                   # => true
  p Thread.list.size                  # => 1
  p other.alive?, other.status        # => false
  # => false
  p other.join.equal?(other)          # => true
  p other.value                       # => nil
  p Thread.new { 1 + 1 }.value        # => 2
end
p other.alive?                        # => true
other.kill.join

# What they have locked is free, and nobody waits for anything.
mutex = Mutex.new
queue = Queue.new
holder = Thread.new { mutex.synchronize { sleep } }
taker = Thread.new { queue.pop }
Thread.pass until mutex.locked? && queue.num_waiting == 1
child do
  p mutex.try_lock                    # => true
  p queue.num_waiting                 # => 0
  reader = Thread.new { queue.pop }
  Thread.pass until queue.num_waiting == 1
  queue << :item
  p reader.value                      # => :item
end
p mutex.locked?                       # => true
[holder, taker].each { |thread| thread.kill.join }

# A thread that forks is the main thread of the child; where it ends, the child does.
forked = Thread.new do
  if (pid = fork)
    Process.wait(pid)
    $?.exitstatus
  else
    p Thread.main == Thread.current   # => true
    p Thread.list.size                # => 1
    :ignored
  end
end
p forked.value                        # => 0
p Thread.new { child { exit 3 } }.value # => 3

# Its exception is reported as that of a main thread is.
pid = Thread.new do
  fork || begin
    $stderr.reopen(File::NULL)
    raise "no"
  end
end.value
Process.wait(pid)
p $?.exitstatus                       # => 1
