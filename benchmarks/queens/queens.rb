# SPDX-License-Identifier: MIT
# All ways to place queens on boards of size 1 to N: backtracking over instance variables that hold
# arrays of flags.
require_relative "../harness"

class Board
  def initialize(size)
    @size = size
    @columns = Array.new(size, true)
    @rising = Array.new(2 * size, true)
    @falling = Array.new(2 * size, true)
  end

  # Count the ways to place a queen in `row` and in each row below it.
  def solutions(row = 0)
    return 1 if row == @size

    count = 0
    @size.times do |column|
      next unless free?(row, column)

      mark(row, column, false)
      count += solutions(row + 1)
      mark(row, column, true)
    end
    count
  end

  private

  def free?(row, column)
    @columns[column] && @rising[row + column] && @falling[row - column + @size]
  end

  def mark(row, column, free)
    @columns[column] = free
    @rising[row + column] = free
    @falling[row - column + @size] = free
  end
end

# The number of solutions for boards of size 1, 2, ... (sequence A000170 of the OEIS).
SOLUTIONS = [1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14_200, 73_712].freeze

benchmark(11, ->(max) { (1..max).map { |size| Board.new(size).solutions } },
          ->(max, result) { result == SOLUTIONS.first(max) })
