# SPDX-License-Identifier: MIT
# :line: a statement that begins on another line than the one before it in the same body, where its
# first part stands.
def optional(a,
             b = 3)
  a
end

seen = []
trace = TracePoint.new(:line) { |tp| seen << tp.lineno - 12 }
trace.enable
a = 1                                    # 0
b = 2; c = 3
if a == 1
  d = 1
else
  d = 2
end
while a < 3                              # 7
  a += 1
end
optional(1)                              # 10
[1, 2].each { |x| x }
[1, 2].each do |x|
  x
end
case a                                   # 15
when 3
  :unused
else
  :y
end
begin                                    # 21
  raise "q"
rescue ArgumentError
  1
rescue => e
  2
ensure
  3
end
x = if a == 3                            # 30
  4
else 5 end
foo = [
  1,
  a,
]
y = (a; b)                               # 37
1
nil
a
z = a if b                               # 41
jumps = proc { next 3 }
jumps.call
until a > 4 do a += 1 end
for i in [1, 2]                          # 45
  i
end
a > 1 ? b : c
def q; 1; end
class K                                  # 50
  X = 1
end
l = -> {
  5
}                                        # 55
l.()
a = begin
  7
end
while true                               # 60
  break
end
"#{a}
#{b}"
case [1, 2]                              # 65
in [x, y]
  x
end
i = 0
while i < 3                              # 70
  i += 1
  if i == 2
    next
  else
    x
    b
  end
end
eval "1\n\n2 + 3", nil, "text", 200      # 79
trace.disable
puts seen.join(" ")
# => 0 1 2 3 7 8 8 10 -6 11 11 11 12 13 13 15 22 26 30 31 34 37 41 42 43 42 44 45 46 46 48 49 50 51 53 56 54 58 60 61 63 65 69 70 71 72 71 72 73 71 72 79 190 80

# Each iteration, each activation, each handler anew.
seen = []
def three(list)
  list.map do |v|
    v.succ
    Integer(v.to_s)
  rescue TypeError
    :never
  ensure
    v.pred
  end
end
first = __LINE__ - 9
TracePoint.new(:line) { |tp| seen << tp.lineno - first if tp.method_id == :three }.enable do
  three([1, 2])
end
p seen                                   # => [0, 1, 2, 6, 1, 2, 6]
