-- SPDX-License-Identifier: MIT
-- A simulated operating system after Martin Richards: six tasks of four kinds send each other
-- packets under a scheduler that runs the most urgent one. Measures polymorphic calls and updates
-- of fields among a few long-lived objects.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local LETTERS_PER_PACKET = 5
local IDLE_TURNS = 4000
local IDLER, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = 1, 2, 3, 4, 5, 6

-- What is sent: work, which carries letters, or a request to a device, which carries one letter.
-- Fields: kind; letters; address, the number of the task that it goes to, or, when it arrived, that
-- it is from; datum, for work: how many letters have been handled, for a request: the letter; link,
-- the next packet of the queue that it is in.
local function new_packet(kind, address)
  local letters = {}
  for i = 1, LETTERS_PER_PACKET do
    letters[i] = 0
  end
  return { kind = kind, address = address, datum = 0, letters = letters }
end

-- First in, first out.
local PacketQueue = {}
PacketQueue.__index = PacketQueue

function PacketQueue.new()
  return setmetatable({}, PacketQueue)
end

function PacketQueue:is_empty()
  return self.first == nil
end

function PacketQueue:add(packet)
  packet.link = nil
  if self.first then
    self.last.link = packet
  else
    self.first = packet
  end
  self.last = packet
end

function PacketQueue:take()
  local packet = self.first
  self.first = packet.link
  return packet
end

-- What the kinds of tasks share. A task runs unless it is held, or waits for a packet and has none.
-- Fields: link, the next task in the order of priority.
local Task = {}

-- Make a kind of task.
local function kind_of_task()
  local kind = setmetatable({}, { __index = Task })
  kind.__index = kind
  return kind
end

function Task.new(kind, scheduler, number, priority)
  local task = setmetatable({
    scheduler = scheduler,
    number = number,
    priority = priority,
    inbox = PacketQueue.new(),
    held = false,
    waiting = true,
  }, kind)
  task:start()
  return task
end

function Task:blocked()
  return self.held or (self.waiting and self.inbox:is_empty())
end

-- Run until the next scheduling point, with a packet if that is what the task waited for; return
-- the task to look at next.
function Task:run()
  if not self.waiting then
    return self:work(nil)
  end
  self.waiting = false
  return self:work(self.inbox:take())
end

-- Lets a device go, time and again, until its turns are used up.
local Idler = kind_of_task()

function Idler:start()
  self.turns = IDLE_TURNS
  self.random = 1
  self.waiting = false
end

function Idler:work()
  self.turns = self.turns - 1
  if self.turns == 0 then
    return self.scheduler:hold()
  end
  self.random = self.random * 1103 % 65521
  return self.scheduler:release(self.random < 32768 and DEVICE_A or DEVICE_B)
end

-- Fills packets with letters and sends them to the handlers in turn.
local Worker = kind_of_task()

function Worker:start()
  self.handler = HANDLER_A
  self.letter = 0
end

function Worker:work(packet)
  if not packet then
    return self.scheduler:wait()
  end
  self.handler = HANDLER_A + HANDLER_B - self.handler
  packet.address = self.handler
  packet.datum = 0
  for i = 1, LETTERS_PER_PACKET do
    self.letter = self.letter % 26 + 1
    packet.letters[i] = self.letter
  end
  return self.scheduler:send(packet)
end

-- Hands the letters of a work packet to its device, one request each.
local Handler = kind_of_task()

function Handler:start()
  self.works = PacketQueue.new()
  self.requests = PacketQueue.new()
end

function Handler:work(packet)
  if packet then
    local queue = packet.kind == "work" and self.works or self.requests
    queue:add(packet)
  end
  if self.works:is_empty() then
    return self.scheduler:wait()
  end
  local current = self.works.first
  if current.datum == LETTERS_PER_PACKET then
    return self.scheduler:send(self.works:take())
  end
  if self.requests:is_empty() then
    return self.scheduler:wait()
  end
  local request = self.requests:take()
  current.datum = current.datum + 1
  request.datum = current.letters[current.datum]
  return self.scheduler:send(request)
end

-- Keeps a request until it is let go, then sends it back; sum is that of the letters received.
local Device = kind_of_task()

function Device:start()
  self.kept = nil
  self.sum = 0
end

function Device:work(packet)
  if packet then
    self.kept = packet
    self.sum = self.sum + packet.datum
    return self.scheduler:hold()
  end
  local request = self.kept
  if not request then
    return self.scheduler:wait()
  end
  self.kept = nil
  return self.scheduler:send(request)
end

-- Fields: sent and holds, how often a packet was sent and a task held.
local Scheduler = {}
Scheduler.__index = Scheduler

function Scheduler.new()
  return setmetatable({ tasks = {}, sent = 0, holds = 0 }, Scheduler)
end

-- Add a task that is more urgent than all before; return it.
function Scheduler:add(kind, priority)
  local task = Task.new(kind, self, #self.tasks + 1, priority)
  task.link = self.most_urgent
  self.most_urgent = task
  table.insert(self.tasks, task)
  return task
end

-- Run the tasks until all are blocked.
function Scheduler:run()
  local task = self.most_urgent
  while task do
    if task:blocked() then
      task = task.link
    else
      self.current = task
      task = task:run()
    end
  end
end

-- The sum of the letters that the devices received.
function Scheduler:letter_sum()
  return self.tasks[DEVICE_A].sum + self.tasks[DEVICE_B].sum
end

function Scheduler:more_urgent(task)
  return task.priority > self.current.priority and task or self.current
end

-- What a task may do at a scheduling point; each returns the task to look at next.

function Scheduler:hold()
  self.holds = self.holds + 1
  self.current.held = true
  return self.current.link
end

function Scheduler:wait()
  self.current.waiting = true
  return self.current
end

function Scheduler:release(number)
  local task = self.tasks[number]
  task.held = false
  return self:more_urgent(task)
end

function Scheduler:send(packet)
  local receiver = self.tasks[packet.address]
  packet.address = self.current.number
  receiver.inbox:add(packet)
  self.sent = self.sent + 1
  return self:more_urgent(receiver)
end

-- The tasks by number, with their kinds, priorities, and the packets that they find at the start:
-- how many, of which kind, and from which task.
local TASKS = {
  [IDLER] = { kind = Idler, priority = 0, packets = 0 },
  [WORKER] = { kind = Worker, priority = 100, packets = 3, carry = "work", sender = WORKER },
  [HANDLER_A] = {
    kind = Handler,
    priority = 200,
    packets = 2,
    carry = "request",
    sender = DEVICE_A,
  },
  [HANDLER_B] = {
    kind = Handler,
    priority = 300,
    packets = 4,
    carry = "request",
    sender = DEVICE_B,
  },
  [DEVICE_A] = { kind = Device, priority = 400, packets = 0 },
  [DEVICE_B] = { kind = Device, priority = 500, packets = 0 },
}

-- Run the system once; return its scheduler.
local function simulate()
  local scheduler = Scheduler.new()
  for _, row in ipairs(TASKS) do
    local task = scheduler:add(row.kind, row.priority)
    for _ = 1, row.packets do
      task.inbox:add(new_packet(row.carry, row.sender))
    end
  end
  scheduler:run()
  return scheduler
end

local function simulate_often(times)
  local results = {}
  for i = 1, times do
    results[i] = simulate()
  end
  return results
end

-- Compare with what all translations of this program counted alike. A device is held for each
-- letter, whose mean is 13.5; a letter is sent twice, and so is a packet of five.
local function right(_, results)
  for _, scheduler in ipairs(results) do
    if scheduler.sent ~= 9429 or scheduler.holds ~= 3929 or scheduler:letter_sum() ~= 52971 then
      return false
    end
  end
  return true
end

benchmark(25, simulate_often, right)
