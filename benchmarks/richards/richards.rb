# SPDX-License-Identifier: MIT
# A simulated operating system after Martin Richards: six tasks of four kinds send each other
# packets under a scheduler that runs the most urgent one. Measures polymorphic calls and updates
# of instance variables among a few long-lived objects.
require_relative "../harness"

# What is sent: work, which carries letters, or a request to a device, which carries one letter.
class Packet
  attr_reader :kind, :letters
  # Where to: the number of a task; when it arrives, where from.
  attr_accessor :address
  # Work: how many letters have been handled. A request: the letter.
  attr_accessor :datum
  # The next packet of the queue that it is in.
  attr_accessor :link

  def initialize(kind, address)
    @kind = kind
    @address = address
    @datum = 0
    @letters = Array.new(LETTERS_PER_PACKET, 0)
    @link = nil
  end
end

# First in, first out.
class PacketQueue
  attr_reader :first

  def initialize
    @first = nil
    @last = nil
  end

  def empty?
    @first.nil?
  end

  def add(packet)
    packet.link = nil
    @first ? @last.link = packet : @first = packet
    @last = packet
  end

  def take
    packet = @first
    @first = packet.link
    packet
  end
end

# What the kinds of tasks share. A task runs unless it is held, or waits for a packet and has none.
class Task
  attr_reader :number, :priority, :inbox
  attr_writer :held, :waiting
  # The next task in the order of priority.
  attr_accessor :link

  def initialize(scheduler, number, priority)
    @scheduler = scheduler
    @number = number
    @priority = priority
    @inbox = PacketQueue.new
    @held = false
    @waiting = true
    @link = nil
  end

  def blocked?
    @held || (@waiting && @inbox.empty?)
  end

  # Run until the next scheduling point, with a packet if that is what the task waited for; return
  # the task to look at next.
  def run
    return work(nil) unless @waiting

    @waiting = false
    work(@inbox.take)
  end
end

# Lets a device go, time and again, until its turns are used up.
class Idler < Task
  def initialize(scheduler, number, priority)
    super
    @turns = IDLE_TURNS
    @random = 1
    @waiting = false
  end

  def work(_)
    @turns -= 1
    return @scheduler.hold if @turns.zero?

    @random = @random * 1103 % 65_521
    @scheduler.release(@random < 32_768 ? DEVICE_A : DEVICE_B)
  end
end

# Fills packets with letters and sends them to the handlers in turn.
class Worker < Task
  def initialize(scheduler, number, priority)
    super
    @handler = HANDLER_A
    @letter = 0
  end

  def work(packet)
    return @scheduler.wait unless packet

    @handler = HANDLER_A + HANDLER_B - @handler
    packet.address = @handler
    packet.datum = 0
    LETTERS_PER_PACKET.times do |i|
      @letter = @letter % 26 + 1
      packet.letters[i] = @letter
    end
    @scheduler.send_packet(packet)
  end
end

# Hands the letters of a work packet to its device, one request each.
class Handler < Task
  def initialize(scheduler, number, priority)
    super
    @works = PacketQueue.new
    @requests = PacketQueue.new
  end

  def work(packet)
    (packet.kind == :work ? @works : @requests).add(packet) if packet
    return @scheduler.wait if @works.empty?

    current = @works.first
    return @scheduler.send_packet(@works.take) if current.datum == LETTERS_PER_PACKET
    return @scheduler.wait if @requests.empty?

    request = @requests.take
    request.datum = current.letters[current.datum]
    current.datum += 1
    @scheduler.send_packet(request)
  end
end

# Keeps a request until it is let go, then sends it back.
class Device < Task
  # The sum of the letters received.
  attr_reader :sum

  def initialize(scheduler, number, priority)
    super
    @kept = nil
    @sum = 0
  end

  def work(packet)
    return keep(packet) if packet
    return @scheduler.wait unless @kept

    request = @kept
    @kept = nil
    @scheduler.send_packet(request)
  end

  private

  def keep(request)
    @kept = request
    @sum += request.datum
    @scheduler.hold
  end
end

class Scheduler
  # How often a packet was sent, and a task held.
  attr_reader :sent, :holds

  def initialize
    @tasks = []
    @most_urgent = nil
    @current = nil
    @sent = 0
    @holds = 0
  end

  # Add a task that is more urgent than all before; return it.
  def add(kind, priority)
    task = kind.new(self, @tasks.size, priority)
    task.link = @most_urgent
    @most_urgent = task
    @tasks << task
    task
  end

  # Run the tasks until all are blocked.
  def run
    task = @most_urgent
    while task
      if task.blocked?
        task = task.link
      else
        @current = task
        task = task.run
      end
    end
  end

  # The sum of the letters that the devices received.
  def letter_sum
    @tasks[DEVICE_A].sum + @tasks[DEVICE_B].sum
  end

  # What a task may do at a scheduling point; each returns the task to look at next.

  def hold
    @holds += 1
    @current.held = true
    @current.link
  end

  def wait
    @current.waiting = true
    @current
  end

  def release(number)
    task = @tasks[number]
    task.held = false
    more_urgent(task)
  end

  def send_packet(packet)
    receiver = @tasks[packet.address]
    packet.address = @current.number
    receiver.inbox.add(packet)
    @sent += 1
    more_urgent(receiver)
  end

  private

  def more_urgent(task)
    task.priority > @current.priority ? task : @current
  end
end

LETTERS_PER_PACKET = 5
IDLE_TURNS = 4000

# The tasks by number, with their kinds, priorities, and the packets that they find at the start:
# how many, of which kind, and from which task.
IDLER, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = *0..5
TASKS = [
  [Idler, 0, 0, nil, nil],
  [Worker, 100, 3, :work, WORKER],
  [Handler, 200, 2, :request, DEVICE_A],
  [Handler, 300, 4, :request, DEVICE_B],
  [Device, 400, 0, nil, nil],
  [Device, 500, 0, nil, nil]
].freeze

# Run the system once; return what its scheduler and its devices counted.
def simulate
  scheduler = Scheduler.new
  TASKS.each do |kind, priority, packets, kind_of_packet, sender|
    task = scheduler.add(kind, priority)
    packets.times { task.inbox.add(Packet.new(kind_of_packet, sender)) }
  end
  scheduler.run
  [scheduler.sent, scheduler.holds, scheduler.letter_sum]
end

# Packets sent, holds, and the sum of the letters: counted by all translations of this program
# alike. A device is held for each letter, whose mean is 13.5; a letter is sent twice, and so is a
# packet of five.
EXPECTED = [9429, 3929, 52_971].freeze

benchmark(25, ->(times) { Array.new(times) { simulate } },
          ->(_, results) { results.all? { |result| result == EXPECTED } })
