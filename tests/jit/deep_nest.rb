# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=400 --jit-log --dump=ir
# stderr: iterator Object#rounds
# stderr-count: 0 call.guest
# A loop around others that lie many calls below it is one region in which everything is in place, as
# it is in the inner ones: it is no worse than what it takes the place of.
LIST = [1, 2, 3, 4, 5, 6, 7, 8].freeze
def cell(row, column) = row * 3 + column & 0xff

def line(row)
  sum = 0
  LIST.each_with_index { |x, column| sum += cell(row, column) * x }
  sum
end

def square = Array.new(6) { |row| line(row) }
def twice = 2.times { $sum += square[3] }
WORK = ->(_) { twice }
def rounds(work) = 1.upto(400) { |i| work.call(i) }
$sum = 0
rounds(WORK)
p $sum # => 393600
