// SPDX-License-Identifier: MIT
// A simulated operating system after Martin Richards: six tasks of four kinds send each other
// packets under a scheduler that runs the most urgent one. Measures polymorphic calls and updates
// of properties among a few long-lived objects.
"use strict";
const { benchmark } = require("../harness.js");

const LETTERS_PER_PACKET = 5;
const IDLE_TURNS = 4000;
const [WORK, REQUEST] = ["work", "request"];
const [WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B] = [1, 2, 3, 4, 5];

// What is sent: work, which carries letters, or a request to a device, which carries one letter.
class Packet {
  constructor(kind, address) {
    this.kind = kind;
    // Where to: the number of a task; when it arrives, where from.
    this.address = address;
    // Work: how many letters have been handled. A request: the letter.
    this.datum = 0;
    this.letters = new Array(LETTERS_PER_PACKET).fill(0);
    // The next packet of the queue that it is in.
    this.link = null;
  }
}

// First in, first out.
class PacketQueue {
  constructor() {
    this.first = null;
    this.last = null;
  }

  isEmpty() {
    return this.first === null;
  }

  add(packet) {
    packet.link = null;
    if (this.first) this.last.link = packet;
    else this.first = packet;
    this.last = packet;
  }

  take() {
    const packet = this.first;
    this.first = packet.link;
    return packet;
  }
}

// What the kinds of tasks share. A task runs unless it is held, or waits for a packet and has none.
class Task {
  constructor(scheduler, number, priority) {
    this.scheduler = scheduler;
    this.number = number;
    this.priority = priority;
    this.inbox = new PacketQueue();
    this.held = false;
    this.waiting = true;
    // The next task in the order of priority.
    this.link = null;
  }

  isBlocked() {
    return this.held || (this.waiting && this.inbox.isEmpty());
  }

  // Run until the next scheduling point, with a packet if that is what the task waited for; return
  // the task to look at next.
  run() {
    if (!this.waiting) return this.work(null);
    this.waiting = false;
    return this.work(this.inbox.take());
  }
}

// Lets a device go, time and again, until its turns are used up.
class Idler extends Task {
  constructor(scheduler, number, priority) {
    super(scheduler, number, priority);
    this.turns = IDLE_TURNS;
    this.random = 1;
    this.waiting = false;
  }

  work() {
    this.turns -= 1;
    if (this.turns === 0) return this.scheduler.hold();
    this.random = (this.random * 1103) % 65521;
    return this.scheduler.release(this.random < 32768 ? DEVICE_A : DEVICE_B);
  }
}

// Fills packets with letters and sends them to the handlers in turn.
class Worker extends Task {
  constructor(scheduler, number, priority) {
    super(scheduler, number, priority);
    this.handler = HANDLER_A;
    this.letter = 0;
  }

  work(packet) {
    if (!packet) return this.scheduler.wait();
    this.handler = HANDLER_A + HANDLER_B - this.handler;
    packet.address = this.handler;
    packet.datum = 0;
    for (let i = 0; i < LETTERS_PER_PACKET; i++) {
      this.letter = (this.letter % 26) + 1;
      packet.letters[i] = this.letter;
    }
    return this.scheduler.send(packet);
  }
}

// Hands the letters of a work packet to its device, one request each.
class Handler extends Task {
  constructor(scheduler, number, priority) {
    super(scheduler, number, priority);
    this.works = new PacketQueue();
    this.requests = new PacketQueue();
  }

  work(packet) {
    if (packet) (packet.kind === WORK ? this.works : this.requests).add(packet);
    if (this.works.isEmpty()) return this.scheduler.wait();
    const current = this.works.first;
    if (current.datum === LETTERS_PER_PACKET) return this.scheduler.send(this.works.take());
    if (this.requests.isEmpty()) return this.scheduler.wait();
    const request = this.requests.take();
    request.datum = current.letters[current.datum];
    current.datum += 1;
    return this.scheduler.send(request);
  }
}

// Keeps a request until it is let go, then sends it back.
class Device extends Task {
  constructor(scheduler, number, priority) {
    super(scheduler, number, priority);
    this.kept = null;
    // The sum of the letters received.
    this.sum = 0;
  }

  work(packet) {
    if (packet) {
      this.kept = packet;
      this.sum += packet.datum;
      return this.scheduler.hold();
    }
    const request = this.kept;
    if (!request) return this.scheduler.wait();
    this.kept = null;
    return this.scheduler.send(request);
  }
}

class Scheduler {
  constructor() {
    this.tasks = [];
    this.mostUrgent = null;
    this.current = null;
    // How often a packet was sent, and a task held.
    this.sent = 0;
    this.holds = 0;
  }

  // Add a task that is more urgent than all before; return it.
  add(Kind, priority) {
    const task = new Kind(this, this.tasks.length, priority);
    task.link = this.mostUrgent;
    this.mostUrgent = task;
    this.tasks.push(task);
    return task;
  }

  // Run the tasks until all are blocked.
  run() {
    let task = this.mostUrgent;
    while (task) {
      if (task.isBlocked()) {
        task = task.link;
      } else {
        this.current = task;
        task = task.run();
      }
    }
  }

  // The sum of the letters that the devices received.
  letterSum() {
    return this.tasks[DEVICE_A].sum + this.tasks[DEVICE_B].sum;
  }

  // What a task may do at a scheduling point; each returns the task to look at next.

  hold() {
    this.holds += 1;
    this.current.held = true;
    return this.current.link;
  }

  wait() {
    this.current.waiting = true;
    return this.current;
  }

  release(number) {
    const task = this.tasks[number];
    task.held = false;
    return this.moreUrgent(task);
  }

  send(packet) {
    const receiver = this.tasks[packet.address];
    packet.address = this.current.number;
    receiver.inbox.add(packet);
    this.sent += 1;
    return this.moreUrgent(receiver);
  }

  moreUrgent(task) {
    return task.priority > this.current.priority ? task : this.current;
  }
}

// The tasks by number, with their kinds, priorities, and the packets that they find at the start:
// how many, of which kind, and from which task.
const TASKS = [
  [Idler, 0, 0, null, null],
  [Worker, 100, 3, WORK, WORKER],
  [Handler, 200, 2, REQUEST, DEVICE_A],
  [Handler, 300, 4, REQUEST, DEVICE_B],
  [Device, 400, 0, null, null],
  [Device, 500, 0, null, null],
];

// Run the system once; return its scheduler.
function simulate() {
  const scheduler = new Scheduler();
  for (const [kind, priority, packets, kindOfPacket, sender] of TASKS) {
    const task = scheduler.add(kind, priority);
    for (let i = 0; i < packets; i++) task.inbox.add(new Packet(kindOfPacket, sender));
  }
  scheduler.run();
  return scheduler;
}

// Compare with what all translations of this program counted alike. A device is held for each
// letter, whose mean is 13.5; a letter is sent twice, and so is a packet of five.
function isRight(_, schedulers) {
  return schedulers.every(
    (scheduler) =>
      scheduler.sent === 9429 && scheduler.holds === 3929 && scheduler.letterSum() === 52971,
  );
}

benchmark(25, (times) => Array.from({ length: times }, simulate), isRight);
