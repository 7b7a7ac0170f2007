# A stack that a dead or abandoned fiber left is used by the next one.
class Ring
  def initialize(names, rounds)
    @rounds = rounds
    @fibers = names.map do |name|
      Fiber.new do |message|
        rounds.times { |round| message = Fiber.yield("#{message}#{name}#{round}") }
        "#{message}."
      end
    end
  end

  def pass(message)
    (@rounds + 1).times { message = @fibers.inject(message) { |text, fiber| fiber.resume(text) } }
    message
  end
end

e = [1, 2, 3].each
p e.next # => 1
p Ring.new(%w[a b c], 2).pass("") # => "a0b0c0a1b1c1..."
50.times { Fiber.new { Fiber.yield "x" * 10 }.resume }
GC.start
p Ring.new(%w[a b], 1).pass("") # => "a0b0.."
