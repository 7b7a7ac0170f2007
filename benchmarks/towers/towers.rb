# SPDX-License-Identifier: MIT
# The Towers of Hanoi with piles of linked disks: recursion, instance variables that change class
# (an object or nil), and a check on each move that never fails.
require_relative "../harness"

# A disk and what lies under it on its pile.
class Disk
  attr_reader :size
  attr_accessor :below

  def initialize(size)
    @size = size
    @below = nil
  end
end

class Towers
  attr_reader :moves

  def initialize(disks)
    @disks = disks
    @tops = [nil, nil, nil]
    @moves = 0
    disks.downto(1) { |size| push(0, Disk.new(size)) }
  end

  # Move the upper `count` disks of a pile by way of the third one.
  def move(count, from, to)
    return move_top(from, to) if count == 1

    other = 3 - from - to
    move(count - 1, from, other)
    move_top(from, to)
    move(count - 1, other, to)
  end

  # Tell whether a pile holds every disk in order.
  def all_on?(pile)
    disk = @tops[pile]
    1.upto(@disks) do |size|
      return false unless disk && disk.size == size

      disk = disk.below
    end
    disk.nil?
  end

  private

  def move_top(from, to)
    push(to, pop(from))
    @moves += 1
  end

  def push(pile, disk)
    top = @tops[pile]
    raise "a disk on a smaller one" if top && top.size <= disk.size

    disk.below = top
    @tops[pile] = disk
  end

  def pop(pile)
    disk = @tops[pile]
    raise "a disk from an empty pile" unless disk

    @tops[pile] = disk.below
    disk.below = nil
    disk
  end
end

def solve(disks)
  towers = Towers.new(disks)
  towers.move(disks, 0, 2)
  towers
end

benchmark(20, ->(disks) { solve(disks) },
          ->(disks, towers) { towers.moves == 2**disks - 1 && towers.all_on?(2) })
