# SPDX-License-Identifier: MIT
# All permutations of an array by swapping in place: recursion, array reads and array writes.
require_relative "../harness"

class Permuter
  # The permutations seen so far.
  attr_reader :count
  # The sum, over the permutations, of the number in the first place.
  attr_reader :first_sum

  def initialize(size)
    @numbers = (1..size).to_a
    @count = 0
    @first_sum = 0
  end

  # Bring the first `length` numbers into every order; they end as they were.
  def permute(length = @numbers.size)
    return visit if length <= 1

    last = length - 1
    permute(last)
    (last - 1).downto(0) do |i|
      swap(i, last)
      permute(last)
      swap(i, last)
    end
  end

  def in_order?
    @numbers == @numbers.sort
  end

  private

  def visit
    @count += 1
    @first_sum += @numbers[0]
  end

  def swap(i, j)
    kept = @numbers[i]
    @numbers[i] = @numbers[j]
    @numbers[j] = kept
  end
end

# How often everything is done: one more number would take too much time, one less too little.
REPEATS = 3

def permute(size)
  permuter = Permuter.new(size)
  REPEATS.times { permuter.permute }
  permuter
end

# Each number comes first in the same number of the permutations.
def right?(size, result)
  count = REPEATS * (1..size).inject(:*)
  result.count == count && result.first_sum * 2 == count * (size + 1) && result.in_order?
end

benchmark(9, ->(size) { permute(size) }, ->(size, result) { right?(size, result) })
