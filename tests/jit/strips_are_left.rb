# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=10 --jit-optimize=1000 --dump=ir
# stderr: , 1024 !
# A loop in strips is left between two rounds, soon, for whatever polls wait for: signals, what
# their handlers redefine, and other threads. Each of these loops would run for years.
END_OF_TIME = 2**60

# Count until something is raised; then tell whether all that a round does has been done as often.
def count(seen, limit)
  i = twice = 0
  while i < limit
    seen[0] = i
    twice += 2
    i += 1
  end
  i
rescue => e
  "#{e.class}: #{i > 1000 && twice == 2 * i && seen[0] == i - 1}"
end

# The block, while a signal is on its way.
def signal_soon
  sender = spawn("sleep 0.2; kill -USR1 #{Process.pid}")
  yield
ensure
  Process.wait(sender)
end

p count([0], 20_000)                           # => 20000
Signal.trap(:USR1) { raise "signal" }
p signal_soon { count([0], END_OF_TIME) }      # => "RuntimeError: true"
p signal_soon { count([0], END_OF_TIME) }      # => "RuntimeError: true"

# What a handler redefines is what the loop calls from then on.
def step(i) = i + 1

def walk(limit)
  i = 0
  i = step(i) while i < limit
  i
end

p walk(20_000)                                 # => 20000
Signal.trap(:USR1) { eval "def step(i) = END_OF_TIME + 5" }
p signal_soon { walk(END_OF_TIME) } - END_OF_TIME # => 5

# So are operators.
def sum(limit)
  i = sum = 0
  while i < limit
    sum += 3
    i += 1
  end
  sum
end

p sum(20_000)                                  # => 60000
Signal.trap(:USR1) do
  eval "class Integer; alias_method :plus, :+; def +(other) = plus(END_OF_TIME).plus(other); end"
end
more = signal_soon { sum(END_OF_TIME) }
p more > END_OF_TIME                           # => true
Integer.class_eval { alias_method :+, :plus }

# Other threads raise in one that counts, end it, and get their turn.
counting = Thread.new { count([0], END_OF_TIME) }
sleep 0.4
counting.raise(ArgumentError)
p counting.value                               # => "ArgumentError: true"
killed = Thread.new { count([0], END_OF_TIME) }
sleep 0.1
killed.kill
p killed.join.equal?(killed)                   # => true
two = [[0], [0]].map { |seen| Thread.new { count(seen, END_OF_TIME) } }
sleep 0.2
two.each { |thread| thread.raise(IOError) }
p two.map(&:value)                             # => ["IOError: true", "IOError: true"]
