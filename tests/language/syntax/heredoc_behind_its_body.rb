# Prints what its .out file says.
# A heredoc may be opened on the last line of a body, so that its own text stands behind the body.
x = 5
s = +""
2.times { s << <<-R }
  block #{x + 1}
  R
puts s

def m(a) = <<A
method #{a}
A
puts m(1)

def n(a) ; <<A ; end
one line #{a + 1}
A
puts n(1)

class C; NAME = <<A; end
class #{name}
A
puts C::NAME

module M; NAME = <<A; def self.f = "f" ; end
module #{f2 = name}
A
puts M::NAME, M.f

twice = -> n { <<A + <<~B } # two of them, of two kinds
lambda #{n}
A
    lambda #{n * 2}
B
puts twice.(4)

# One in another, and blocks in their texts.
nested = proc { |n| <<OUTER }
outer #{n} #{[n].map { |v| <<INNER }.join}
inner #{v + 1}
INNER
#{[1, 2].map { |v| v + n }.inspect}
OUTER
puts nested.call(3)

for i in [1, 2] do puts <<A end
for #{i}
A

# The place of an error in such a text is its line.
def fails = <<A
fine
#{raise "here"}
A
begin
  fails
rescue => e
  puts e.backtrace.first[/\d+:in.*/]
end

# Behind a heredoc that is no argument of the block.
[<<A].each { |t| puts t + <<B }
first #{x}
A
second #{x}
B

def default(a = <<A, b: <<B) = [a, b, x = <<C]
a #{1 + 1}
A
b #{2 + 2}
B
c #{3 + 3}
C
p default
