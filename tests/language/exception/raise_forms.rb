# SPDX-License-Identifier: MIT
# Every form of raise in one place, time and again: what is raised, its message, its cause, its line.
class Plain < StandardError; end
class Made < StandardError
  def initialize(a, b = 2) = super("made of #{a} and #{b}")
end
class Asked < StandardError
  def self.exception(*a) = Plain.new("asked #{a.inspect}")
end
Factory = Object.new
def Factory.exception(*a) = Made.new(*a)
NoError = Object.new
def NoError.exception(*) = 1
Texty = Object.new
def Texty.to_str = "texty"

def show
  yield
rescue Exception => e
  line = e.backtrace[0][/:(\d+):in '([^']*)'/] ? "#{$1} #{$2}" : e.backtrace.inspect
  puts "#{e.class} #{e.message.inspect} #{e.cause.inspect} #{line}"
end

FORMS = [
  -> { raise "text" },
  -> { raise Plain },
  -> { raise Plain, "message" },
  -> { raise Plain.new("object") },
  -> { raise Plain.new("object"), "other" },
  -> { raise Plain, nil },
  -> { raise Made, 1 },
  -> { raise Made },
  -> { raise Asked, 4 },
  -> { raise Factory, 5 },
  -> { raise NoError },
  -> { raise Texty },
  -> { raise 6 },
  -> { raise },
  -> { fail Plain, "failed" },
  -> { raise Plain, "traced", ["x:1:in 'y'"] },
  -> { raise Plain, "caused", cause: Made.new(7) },
  -> { raise "text", cause: nil },
  -> { Kernel.raise "kernel" },
  -> { raise(*[Plain, "splat"]) },
  -> { raise 1, 2, 3, 4 },
]
2.times { FORMS.each { |form| show(&form) } }
begin
  raise Plain, "outer"
rescue
  show { raise }
  show { raise "inner" }
  show { raise Made, 1, cause: nil }
end

# Redefined, raise is what the program says.
def raise(*a) = [:mine, a]
2.times { p raise("text"), raise(Plain, 1) }
