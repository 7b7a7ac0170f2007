# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: loop at line 11: compiled
# stderr: returned
# A Hash that asks a Proc for what it lacks is looked up by C, which calls the Proc; the loop goes
# on behind it, also where the Proc raises, throws or changes the Hash.
def sum(h, n)
  i = t = 0
  while i < n
    begin
      t += h[i % 97]
      t -= h[:none] if i == 50
    rescue KeyError => e
      t += 1000
      $place = [e.message, e.backtrace.first(4).map { |line| line[/\d+:in.*/] }]
    end
    i += 1
  end
  t
end
calls = 0
counted = Hash.new { |h, k| calls += 1; k == :none ? 7 : k * 2 }
p sum(counted, 300), calls # => 28001
# => 301
kept = Hash.new { |h, k| k == :none ? raise(KeyError, "none") : h[k] = k + 1 }
p sum(kept, 300), kept.size # => 15304
# => 97
p $place # => ["none", ["25:in 'block in <main>'", "12:in 'Object#sum'", "26:in '<main>'"]]
p catch(:out) { sum(Hash.new { |h, k| k == 60 ? throw(:out, [:thrown, k]) : k == :none ? 0 : 1 }, 100) } # => [:thrown, 60]
memo = Hash.new { |h, n| h[n] = n < 2 ? n : h[n - 1] + h[n - 2] }
p (0..90).map { |i| memo[i] }.last # => 2880067194370816120
plain = Hash.new(3)
p sum(plain, 100) # => 297
plain.default_proc = ->(h, k) { 4 }
p sum(plain, 100) # => 396
