# `next` in the condition of a loop tests it again, `redo` goes to the body, `break` ends the loop.
n = 0
while (next(7) if (n += 1) < 3; n) < 5
  p n
end
# => 3
# => 4
n = 0
x = while (break(7) if (n += 1) > 2; true)
  p [:body, n]
end
# => [:body, 1]
# => [:body, 2]
p x # => 7
n = 0
until (redo if (n += 1) == 2; n > 3)
  p n
end
# => 1
# => 2
# => 3
[1].each do |i|
  x = begin
    n = 0
    while (next if (n += 1) < 3; n < 4)
      p [i, n] # => [1, 3]
    end
    4
  ensure
    p :ensure # => :ensure
  end
  p x # => 4
end

# Out of a rescue clause, whose $! is restored, and out of an ensure.
def fail_once = raise("x")
n = 0
x = while (n += 1; begin; fail_once; rescue; next if n < 3; end; n < 5)
  p [n, $!]
end
# => [3, nil]
# => [4, nil]
p x, $! # => nil
# => nil
n = 0
while (n += 1; begin; next if n < 3; ensure; p [:left, n]; end; n < 4)
  p n
end
# => [:left, 1]
# => [:left, 2]
# => [:left, 3]
# => 3
# => [:left, 4]
