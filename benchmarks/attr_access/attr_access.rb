# SPDX-License-Identifier: MIT
# Instance variables, read and written inside methods and through attr_accessor, on objects whose
# variables were set in two different orders.
require_relative "../harness"

class Particle
  attr_accessor :x, :y, :speed, :lift

  def initialize(x, y)
    @x = x
    @y = y
    @speed = 3
    @lift = 0
  end

  def move
    @x += @speed
    @y += @lift
  end
end

class Backward < Particle
  def initialize(x, y)
    @lift = 0
    @speed = 3
    super
  end
end

# Move eight particles `size` times, half the state from inside, half from outside.
def move_all(size)
  particles = Array.new(8) { |i| (i.even? ? Particle : Backward).new(i, 0) }
  size.times do
    particles.each do |particle|
      particle.move
      particle.lift += 1
      particle.x -= 1
      particle.speed = 10 - particle.speed
    end
  end
  particles.sum { |particle| particle.x + particle.y }
end

# The speed alternates between 3 and 7, and the lift counts up from 0.
def final_sum(size)
  moved = size / 2 * 10 + size % 2 * 3 - size
  (0...8).sum + 8 * (moved + size * (size - 1) / 2)
end

benchmark(150000, ->(size) { move_all(size) },
          ->(size, result) { result == final_sum(size) })
