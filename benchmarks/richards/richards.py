# SPDX-License-Identifier: MIT
"""A simulated operating system after Martin Richards.

Six tasks of four kinds send each other packets under a scheduler that runs the most urgent one.
Measures polymorphic calls and updates of attributes among a few long-lived objects.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

LETTERS_PER_PACKET = 5
IDLE_TURNS = 4000
WORK, REQUEST = "work", "request"
IDLER, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)


class Packet:
    """What is sent: work, which carries letters, or a request, which carries one to a device.

    address: the number of the task that it goes to, or, when it arrived, that it is from; datum:
    for work, how many letters have been handled, for a request, the letter; link: the next packet
    of the queue that it is in.
    """

    def __init__(self, kind, address):
        self.kind = kind
        self.address = address
        self.datum = 0
        self.letters = [0] * LETTERS_PER_PACKET
        self.link = None


class PacketQueue:
    """First in, first out."""

    def __init__(self):
        self.first = None
        self.last = None

    def is_empty(self):
        """Tell whether there is no packet."""
        return self.first is None

    def add(self, packet):
        """Add at the end."""
        packet.link = None
        if self.first:
            self.last.link = packet
        else:
            self.first = packet
        self.last = packet

    def take(self):
        """Remove the first packet."""
        packet = self.first
        self.first = packet.link
        return packet


class Task:
    """What the kinds of tasks share.

    A task runs unless it is held, or waits for a packet and has none. link: the next task in the
    order of priority.
    """

    def __init__(self, scheduler, number, priority):
        self.scheduler = scheduler
        self.number = number
        self.priority = priority
        self.inbox = PacketQueue()
        self.held = False
        self.waiting = True
        self.link = None

    def is_blocked(self):
        """Tell whether the task can't run."""
        return self.held or (self.waiting and self.inbox.is_empty())

    def run(self):
        """Run until the next scheduling point; return the task to look at next.

        A task that waited for a packet gets one.
        """
        if not self.waiting:
            return self.work(None)
        self.waiting = False
        return self.work(self.inbox.take())


class Idler(Task):
    """Lets a device go, time and again, until its turns are used up."""

    def __init__(self, scheduler, number, priority):
        super().__init__(scheduler, number, priority)
        self.turns = IDLE_TURNS
        self.random = 1
        self.waiting = False

    def work(self, _):
        """Use up a turn."""
        self.turns -= 1
        if self.turns == 0:
            return self.scheduler.hold()
        self.random = self.random * 1103 % 65521
        return self.scheduler.release(DEVICE_A if self.random < 32768 else DEVICE_B)


class Worker(Task):
    """Fills packets with letters and sends them to the handlers in turn."""

    def __init__(self, scheduler, number, priority):
        super().__init__(scheduler, number, priority)
        self.handler = HANDLER_A
        self.letter = 0

    def work(self, packet):
        """Fill a packet."""
        if not packet:
            return self.scheduler.wait()
        self.handler = HANDLER_A + HANDLER_B - self.handler
        packet.address = self.handler
        packet.datum = 0
        for i in range(LETTERS_PER_PACKET):
            self.letter = self.letter % 26 + 1
            packet.letters[i] = self.letter
        return self.scheduler.send(packet)


class Handler(Task):
    """Hands the letters of a work packet to its device, one request each."""

    def __init__(self, scheduler, number, priority):
        super().__init__(scheduler, number, priority)
        self.works = PacketQueue()
        self.requests = PacketQueue()

    def work(self, packet):
        """Hand on a letter, or give a packet back that has been handled."""
        if packet:
            queue = self.works if packet.kind == WORK else self.requests
            queue.add(packet)
        if self.works.is_empty():
            return self.scheduler.wait()
        current = self.works.first
        if current.datum == LETTERS_PER_PACKET:
            return self.scheduler.send(self.works.take())
        if self.requests.is_empty():
            return self.scheduler.wait()
        request = self.requests.take()
        request.datum = current.letters[current.datum]
        current.datum += 1
        return self.scheduler.send(request)


class Device(Task):
    """Keeps a request until it is let go, then sends it back.

    sum: that of the letters received.
    """

    def __init__(self, scheduler, number, priority):
        super().__init__(scheduler, number, priority)
        self.kept = None
        self.sum = 0

    def work(self, packet):
        """Keep a request, or send it back."""
        if packet:
            self.kept = packet
            self.sum += packet.datum
            return self.scheduler.hold()
        request = self.kept
        if not request:
            return self.scheduler.wait()
        self.kept = None
        return self.scheduler.send(request)


class Scheduler:
    """Runs tasks.

    sent, holds: how often a packet was sent, and a task held.
    """

    def __init__(self):
        self.tasks = []
        self.most_urgent = None
        self.current = None
        self.sent = 0
        self.holds = 0

    def add(self, kind, priority):
        """Add a task that is more urgent than all before; return it."""
        task = kind(self, len(self.tasks), priority)
        task.link = self.most_urgent
        self.most_urgent = task
        self.tasks.append(task)
        return task

    def run(self):
        """Run the tasks until all are blocked."""
        task = self.most_urgent
        while task:
            if task.is_blocked():
                task = task.link
            else:
                self.current = task
                task = task.run()

    def letter_sum(self):
        """Return the sum of the letters that the devices received."""
        return self.tasks[DEVICE_A].sum + self.tasks[DEVICE_B].sum

    # What a task may do at a scheduling point; each returns the task to look at next.

    def hold(self):
        """Hold the current task until it is released."""
        self.holds += 1
        self.current.held = True
        return self.current.link

    def wait(self):
        """Make the current task wait for a packet."""
        self.current.waiting = True
        return self.current

    def release(self, number):
        """Let a task go."""
        task = self.tasks[number]
        task.held = False
        return self.more_urgent(task)

    def send(self, packet):
        """Put a packet in the inbox of the task that it is addressed to."""
        receiver = self.tasks[packet.address]
        packet.address = self.current.number
        receiver.inbox.add(packet)
        self.sent += 1
        return self.more_urgent(receiver)

    def more_urgent(self, task):
        """Choose between a task and the current one."""
        return task if task.priority > self.current.priority else self.current


# The tasks by number, with their kinds, priorities, and the packets that they find at the start:
# how many, of which kind, and from which task.
TASKS = [
    (Idler, 0, 0, None, None),
    (Worker, 100, 3, WORK, WORKER),
    (Handler, 200, 2, REQUEST, DEVICE_A),
    (Handler, 300, 4, REQUEST, DEVICE_B),
    (Device, 400, 0, None, None),
    (Device, 500, 0, None, None),
]


def simulate():
    """Run the system once; return what its scheduler and its devices counted."""
    scheduler = Scheduler()
    for kind, priority, packets, kind_of_packet, sender in TASKS:
        task = scheduler.add(kind, priority)
        for _ in range(packets):
            task.inbox.add(Packet(kind_of_packet, sender))
    scheduler.run()
    return scheduler.sent, scheduler.holds, scheduler.letter_sum()


# Packets sent, holds, and the sum of the letters: counted by all translations of this program
# alike. A device is held for each letter, whose mean is 13.5; a letter is sent twice, and so is a
# packet of five.
EXPECTED = (9429, 3929, 52971)

benchmark(
    25,
    lambda times: [simulate() for _ in range(times)],
    lambda _, results: all(result == EXPECTED for result in results),
)
