# SPDX-License-Identifier: MIT
# Lambdas as blocks, in hot loops.
A = [1, 2, 3, 4]
DOUBLE = ->(x) { x * 2 }
TWO = ->(x, y) { [x, y] }
OPT = ->(x, y = 5) { x + y }
def loops(n)
  t = 0
  i = 0
  while i < n
    t += A.map(&DOUBLE).sum
    t += A.each_with_index.map(&TWO).size
    t += A.map(&OPT).sum
    t += A.each_with_object([]).each(&->(x, m) { m << x }).size
    t += A.inject(&->(a, b) { a + b })
    i += 1
  end
  t
end
p loops(40)
def leaving(n)
  out = []
  i = 0
  while i < n
    r = ->(x) { return x * 10 if x == 2; x }
    b = ->(x) { break 7 if x == 3; next 8 if x == 4; x }
    out << A.map(&r) << A.map(&b)
    i += 1
  end
  out.uniq
end
p leaving(30)
def wrong(n)
  out = []
  i = 0
  while i < n
    begin
      i % 3 == 2 ? A.map(&TWO) : A.map(&DOUBLE)
      out << :fine
    rescue ArgumentError => e
      out << e.message
      puts e.backtrace.map { |l| l[/\d+:in.*/] } if i == 20
    end
    begin
      out << [[1, 2]].map(&TWO)
    rescue ArgumentError => e
      out << e.message
    end
    i += 1
  end
  out.tally
end
p wrong(30)
def mixed(n)
  l = [DOUBLE, proc { |x| x * 2 }, ->(x) { x + 1 }]
  t = 0
  i = 0
  while i < n
    t += A.map(&l[i % 3]).sum
    i += 1
  end
  t
end
p mixed(60)
