# A town in objects and blocks: people, shops, a bank, a library, a calendar of events, a road map,
# a factory with machines, elections, and a little language for its rules. Everything is printed in
# a fixed order, so that two runs, and two implementations, can be compared line by line.

require "set"

# ---- helpers -----------------------------------------------------------------------------------

module Report
  WIDTH = 72

  def self.title(text)
    puts
    puts text.upcase
    puts "-" * text.length
  end

  def self.row(*cells, widths: nil)
    widths ||= cells.map { WIDTH / cells.size }
    puts cells.zip(widths).map { |cell, width|
      cell.is_a?(Numeric) ? cell.to_s.rjust(width) : cell.to_s.ljust(width)
    }.join(" ").rstrip
  end

  def self.list(items, separator: ", ", none: "nothing")
    items.empty? ? none : items.join(separator)
  end
end

# A reproducible source of numbers: the same in every implementation.
class Dice
  MODULUS = 2**31 - 1

  def initialize(seed)
    @state = seed % MODULUS
    @state = 1 if @state.zero?
  end

  def next_int(limit)
    @state = @state * 48_271 % MODULUS
    @state % limit
  end

  def roll(sides = 6) = next_int(sides) + 1
  def pick(list) = list[next_int(list.size)]
  def chance?(percent) = next_int(100) < percent

  def shuffle(list)
    list.dup.tap do |copy|
      (copy.size - 1).downto(1) do |i|
        j = next_int(i + 1)
        copy[i], copy[j] = copy[j], copy[i]
      end
    end
  end
end

# ---- people ------------------------------------------------------------------------------------

class Person
  include Comparable
  attr_reader :name, :born, :skills
  attr_accessor :home, :employer

  @registry = []
  class << self
    attr_reader :registry

    def inherited(subclass)
      super
      subclass.instance_variable_set(:@registry, [])
    end

    def create(*args, **options, &block)
      new(*args, **options).tap do |person|
        person.instance_eval(&block) if block
        ancestors.each { |c| c.registry << person if c.respond_to?(:registry) && c.registry }
      end
    end

    def find(name) = registry.find { |person| person.name == name }
  end

  def initialize(name, born:, skills: [])
    @name = name
    @born = born
    @skills = skills.dup
    @friends = []
    @log = []
  end

  def learn(*skills)
    @skills |= skills
    self
  end

  def befriend(other)
    return self if other.equal?(self) || friend?(other)
    @friends << other
    other.befriend(self)
    self
  end

  def friend?(other) = @friends.include?(other)
  def friends = @friends.sort
  def age(year) = year - born
  def <=>(other) = [name, born] <=> [other.name, other.born]

  def note(text = nil)
    @log << (block_given? ? yield(self) : text)
    self
  end

  def history = @log.each_with_index.map { |line, i| "#{i + 1}. #{line}" }
  def role = "citizen"
  def to_s = "#{name} (#{role})"
  def inspect = "#<#{self.class.name} #{name}>"
end

class Worker < Person
  attr_reader :wage

  def initialize(name, wage:, **rest)
    super(name, **rest)
    @wage = wage
  end

  def role = employer ? "works at #{employer.name}" : "looks for work"

  def raise_wage(percent)
    @wage = (wage * (100 + percent)) / 100
    note { |me| "#{me.name} earns #{me.wage} now" }
  end
end

class Official < Worker
  attr_reader :office

  def initialize(name, office:, **rest)
    super(name, **rest)
    @office = office
  end

  def role = office.to_s.tr("_", " ")
end

Report.title("People")
ann = Person.create("Ann", born: 1980) { learn :baking, :maths }
bob = Worker.create("Bob", born: 1975, wage: 1200, skills: [:smithing])
cid = Worker.create("Cid", born: 1990, wage: 1000, skills: [:driving, :maths])
dee = Official.create("Dee", born: 1968, wage: 2000, office: :town_clerk)
eve = Worker.create("Eve", born: 1985, wage: 1500) do
  learn :law
  learn :maths, :law
  note "moved in"
end
people = [ann, bob, cid, dee, eve]
people.sort.each { |pr| Report.row(pr.to_s, pr.age(2020), pr.skills.join("+"), widths: [28, 4, 20]) }
puts Person.registry.map(&:name).inspect
puts Worker.registry.map(&:name).inspect
puts Official.registry.map(&:name).inspect
puts Person.find("Cid").inspect, Worker.find("Ann").inspect
ann.befriend(bob).befriend(cid).befriend(ann)
eve.befriend(bob)
puts bob.friends.map(&:name).join(" "), ann.friend?(eve), cid.friends.inspect
puts people.min.name, people.max.name, people.sort.map(&:name).inspect
puts ann.between?(ann, bob), ann.clamp(bob, cid).name
3.times { |i| bob.raise_wage(10 * (i + 1)) }
puts bob.history
puts people.group_by { |pr| pr.class.name }.map { |k, v| "#{k}=#{v.size}" }.join(" ")
puts people.select { |pr| pr.skills.include?(:maths) }.sum { |pr| pr.age(2000) }

# ---- money and the bank ------------------------------------------------------------------------

class Money
  include Comparable
  attr_reader :cents

  def self.[](amount) = new((amount * 100).round)
  def initialize(cents) = @cents = cents
  def +(other) = Money.new(cents + other.cents)
  def -(other) = Money.new(cents - other.cents)
  def *(factor) = Money.new((cents * factor).round)
  def -@ = Money.new(-cents)
  def <=>(other) = other.is_a?(Money) ? cents <=> other.cents : nil
  def zero? = cents.zero?
  def coerce(number) = [self, number]
  def hash = cents.hash
  def eql?(other) = other.is_a?(Money) && cents == other.cents

  def split(parts)
    share, rest = cents.divmod(parts)
    Array.new(parts) { |i| Money.new(share + (i < rest ? 1 : 0)) }
  end

  def to_s
    sign = cents.negative? ? "-" : ""
    whole, part = cents.abs.divmod(100)
    format("%s%s.%02d", sign, whole.to_s.gsub(/(\d)(?=(\d{3})+$)/, '\1,'), part)
  end
end

class BankError < StandardError; end
class NoSuchAccount < BankError; end

class Overdrawn < BankError
  attr_reader :short

  def initialize(account, short)
    @short = short
    super("#{account.owner} is #{short} short")
  end
end

class Account
  attr_reader :owner, :balance, :entries
  Entry = Struct.new(:kind, :amount, :balance)

  def initialize(owner, limit: Money[0])
    @owner = owner
    @limit = limit
    @balance = Money[0]
    @entries = []
  end

  def deposit(amount)
    raise ArgumentError, "not a positive amount: #{amount}" unless amount > Money[0]
    change(:deposit, amount)
  end

  def withdraw(amount)
    left = balance - amount
    raise Overdrawn.new(self, -(left + @limit)) if left < -@limit
    change(:withdraw, -amount)
  end

  def statement
    return to_enum(:statement) { @entries.size } unless block_given?
    @entries.each.with_index(1) { |e, i| yield format("%02d %-9s %10s %12s", i, e.kind, e.amount, e.balance) }
  end

  private

  def change(kind, amount)
    @balance += amount
    @entries << Entry.new(kind, amount, @balance)
    self
  end
end

class SavingsAccount < Account
  def initialize(owner, rate:)
    super(owner)
    @rate = rate
  end

  def add_interest = change(:interest, balance * @rate)
end

class Bank
  include Enumerable

  def initialize
    @accounts = {}
    @observers = Hash.new { |h, k| h[k] = [] }
  end

  def open(owner, kind = Account, **options)
    raise BankError, "#{owner} has an account" if @accounts.key?(owner)
    @accounts[owner] = kind.new(owner, **options)
  end

  def [](owner) = @accounts.fetch(owner) { raise NoSuchAccount, "no account of #{owner}" }
  def each(&block) = @accounts.each_value(&block)

  def on(event, &handler)
    @observers[event] << handler
    self
  end

  def transfer(from, to, amount)
    source, target = self[from], self[to]
    source.withdraw(amount)
    begin
      target.deposit(amount)
    rescue ArgumentError
      source.deposit(amount)
      raise
    end
    notify(:transfer, from, to, amount)
  rescue BankError => e
    notify(:failure, e)
    nil
  else
    amount
  ensure
    notify(:done)
  end

  def total = sum(Money[0], &:balance)

  private

  def notify(event, *details) = @observers[event].each { |handler| handler.call(*details) }
end

Report.title("Bank")
bank = Bank.new
log = []
attempts = 0
bank.on(:transfer) { |from, to, amount| log << "#{from}->#{to} #{amount}" }
    .on(:failure) { |e| log << "#{e.class}: #{e.message}" }
    .on(:done) { attempts += 1 }
bank.open("Ann").deposit(Money[250.5])
bank.open("Bob", limit: Money[100]).deposit(Money[10])
bank.open("Town", SavingsAccount, rate: 0.025).deposit(Money[1_234_567.89])
puts bank.transfer("Ann", "Bob", Money[50.25]).inspect.include?("Money")
puts bank.transfer("Ann", "Bob", Money[500]).inspect
puts bank.transfer("Bob", "Town", Money[160]).to_s
puts bank.transfer("Bob", "Nobody", Money[1]).inspect
puts log, attempts
bank["Town"].add_interest
bank.each { |account| puts "#{account.owner.ljust(5)} #{account.balance.to_s.rjust(14)}" }
puts bank.total, bank.map(&:owner).inspect, bank.max_by(&:balance).owner, bank.count
puts bank["Ann"].statement.to_a, bank["Bob"].statement.size
begin
  bank.open("Ann")
rescue BankError => e
  puts e.message
end
begin
  bank["Ann"].withdraw(Money[1000])
rescue Overdrawn => e
  puts e.short, e.message
end
puts Money[100].split(3).map(&:to_s).inspect, Money[1] == Money.new(100), (Money[1] * 2.5).to_s
puts [Money[3], Money[1], Money[2]].sort.map(&:to_s).join(" "), { Money[1] => :one }[Money[1]].inspect
begin
  Money[1] < 5
rescue ArgumentError => e
  puts e.class
end

# ---- shops and stock ---------------------------------------------------------------------------

Product = Struct.new(:name, :price, :tags) do
  def to_s = "#{name} at #{price}"
  def cheap? = price < Money[5]
end

class Shop
  attr_reader :name, :stock

  def initialize(name, &setup)
    @name = name
    @stock = {}
    @products = {}
    @offers = []
    instance_eval(&setup) if setup
  end

  def sells(product, price, amount: 1, tags: [])
    @products[product] = Product.new(product, Money[price], tags)
    @stock[product] = amount
  end

  def offer(label, only: nil, &rule)
    @offers << [label, only, rule]
  end

  def product(name) = @products[name] || raise(KeyError, "#{self.name} has no #{name}")

  def price(basket)
    lines = basket.map { |item, n| [product(item), n] }
    full = lines.sum(Money[0]) { |product, n| product.price * n }
    @offers.inject([full, []]) do |(sum, used), (label, only, rule)|
      applicable = only ? lines.select { |product, _| product.tags.include?(only) } : lines
      discount = applicable.empty? ? nil : rule.call(applicable, sum)
      discount ? [sum - discount, used + [label]] : [sum, used]
    end
  end

  def buy(**basket)
    basket = basket.transform_keys(&:to_s)
    short = basket.reject { |item, n| (@stock[item] || 0) >= n }
    throw :short, short.keys unless short.empty?
    basket.each { |item, n| @stock[item] -= n }
    price(basket)
  end
end

Report.title("Shop")
shop = Shop.new("Corner") do
  sells "bread", 2.5, amount: 10, tags: [:food]
  sells "milk", 1.2, amount: 4, tags: [:food, :cold]
  sells "lamp", 24.99, amount: 2, tags: [:house]
  offer("three for two", only: :food) do |lines, _|
    free = lines.sum { |_, n| n / 3 }
    lines.map { |product, _| product.price }.min * free if free > 0
  end
  offer("ten percent over twenty") { |_, sum| sum * 0.1 if sum > Money[20] }
end
[{ bread: 1 }, { bread: 3, milk: 3 }, { lamp: 1, bread: 1 }, { milk: 9, lamp: 5 }].each do |basket|
  short = catch(:short) do
    price, used = shop.buy(**basket)
    puts "#{basket.map { |k, n| "#{n} #{k}" }.join(" + ")} = #{price} #{used.inspect}"
    nil
  end
  puts "short of #{Report.list(short)}" if short
end
puts shop.stock.map { |k, n| "#{k}:#{n}" }.join(" "), shop.product("milk"), shop.product("milk").cheap?
begin
  shop.product("gold")
rescue KeyError => e
  puts e.message
end

# ---- the library -------------------------------------------------------------------------------

class Book
  attr_reader :title, :author, :year
  attr_accessor :reader

  def initialize(title, author, year) = (@title, @author, @year = title, author, year)
  def lent? = !reader.nil?
  def ==(other) = other.class == self.class && other.title == title && other.author == author
  alias eql? ==
  def hash = [title, author].hash
  def to_s = %("#{title}" by #{author})
end

class Shelf
  include Enumerable

  def initialize(*books) = @books = books
  def <<(book) = tap { @books << book unless @books.include?(book) }

  def each
    return enum_for(__method__) { @books.size } unless block_given?
    @books.each { |book| yield book }
    self
  end

  def by(attribute) = sort_by { |book| [book.public_send(attribute), book.title] }
  def lend(title, to:) = find { |book| book.title == title && !book.lent? }&.tap { |book| book.reader = to }
  def size = @books.size
end

Report.title("Library")
shelf = Shelf.new
[["Emma", "Austen", 1815], ["Ulysses", "Joyce", 1922], ["Dubliners", "Joyce", 1914],
 ["Persuasion", "Austen", 1817], ["Emma", "Austen", 1815]].each { |fields| shelf << Book.new(*fields) }
puts shelf.size, shelf.by(:year).map(&:title).inspect, shelf.by(:author).map(&:title).inspect
shelf.group_by(&:author).each { |author, books| puts "#{author}: #{books.map(&:title).sort.join(", ")}" }
puts shelf.lend("Emma", to: ann), shelf.lend("Emma", to: bob).inspect, shelf.lend("Missing", to: bob).inspect
puts shelf.reject(&:lent?).map(&:title).inspect, shelf.first(2).map(&:year).inspect
puts shelf.each_slice(3).map { |part| part.map(&:title) }.inspect, shelf.each_cons(2).count
puts shelf.lazy.select { |b| b.year > 1900 }.map(&:title).first(1).inspect, shelf.each.size
puts shelf.min_by(&:year).title, shelf.minmax_by { |b| b.title.length }.map(&:title).inspect
puts shelf.partition { |b| b.year < 1900 }.map(&:size).inspect, shelf.include?(Book.new("Emma", "Austen", 1))
puts shelf.each_with_index.map { |book, i| "#{i}:#{book.title[0]}" }.join(" ")
puts shelf.inject(0) { |sum, book| sum + book.year }, shelf.zip(1..4).map { |b, n| "#{n}#{b.title[0]}" }.inspect
puts shelf.each_with_object(Hash.new(0)) { |b, h| h[b.author] += 1 }.sort.inspect
puts shelf.to_set.size, shelf.map(&:author).tally.sort.inspect, shelf.sum(&:year), shelf.entries.size

# ---- calendar and events -----------------------------------------------------------------------

class Event
  include Comparable
  attr_reader :time, :name, :action

  def initialize(time, name, &action) = (@time, @name, @action = time, name, action)
  def <=>(other) = [time, name] <=> [other.time, other.name]
end

# A binary heap of events; run takes them in order of time.
class Calendar
  attr_reader :now

  def initialize
    @heap = []
    @now = 0
  end

  def at(time, name, &action)
    @heap << Event.new(time, name, &action)
    up(@heap.size - 1)
    self
  end

  def after(delay, name, &action) = at(now + delay, name, &action)

  def every(period, name, times:, &action)
    return self if times.zero?
    after(period, name) do |time|
      action.call(time)
      every(period, name, times: times - 1, &action)
    end
  end

  def run(limit: Float::INFINITY)
    while (event = pop)
      break if event.time > limit
      @now = event.time
      event.action.call(@now)
    end
    @now
  end

  private

  def pop
    return if @heap.empty?
    top, last = @heap.first, @heap.pop
    unless @heap.empty?
      @heap[0] = last
      down(0)
    end
    top
  end

  def up(i)
    while i > 0 && @heap[i] < @heap[parent = (i - 1) / 2]
      @heap[i], @heap[parent] = @heap[parent], @heap[i]
      i = parent
    end
  end

  def down(i)
    loop do
      child = [2 * i + 1, 2 * i + 2].select { |c| c < @heap.size }.min_by { |c| @heap[c] }
      break if child.nil? || @heap[i] <= @heap[child]
      @heap[i], @heap[child] = @heap[child], @heap[i]
      i = child
    end
  end
end

Report.title("Calendar")
calendar = Calendar.new
seen = []
calendar.at(5, "market") { |t| seen << "#{t} market" }
calendar.at(1, "mass") { |t| seen << "#{t} mass"; calendar.after(2, "lunch") { |u| seen << "#{u} lunch" } }
calendar.every(4, "bell", times: 3) { |t| seen << "#{t} bell" }
calendar.at(5, "fair") { |t| seen << "#{t} fair" }
puts calendar.run(limit: 11), seen
puts calendar.run.inspect

# ---- roads -------------------------------------------------------------------------------------

class RoadMap
  def initialize(roads = {})
    @roads = Hash.new { |h, place| h[place] = {} }
    roads.each { |(a, b), length| road(a, b, length) }
  end

  def road(a, b, length)
    @roads[a][b] = @roads[b][a] = length
    self
  end

  def places = @roads.keys.sort

  def shortest(from, to)
    best = { from => 0 }
    back = {}
    open = [from]
    until open.empty?
      place = open.min_by { |p| best[p] }
      open.delete(place)
      break if place == to
      @roads[place].each do |neighbour, length|
        distance = best[place] + length
        next if best.key?(neighbour) && best[neighbour] <= distance
        best[neighbour] = distance
        back[neighbour] = place
        open |= [neighbour]
      end
    end
    return unless best[to]
    path = [to]
    path.unshift(back[path.first]) while path.first != from
    [path, best[to]]
  end

  # Kruskal's spanning tree.
  def cheapest_net
    group = Hash.new { |h, k| h[k] = k }
    root = ->(p) { group[p] == p ? p : (group[p] = root.(group[p])) }
    edges = @roads.flat_map { |a, to| to.map { |b, n| [n, *[a, b].sort] } }.uniq.sort
    edges.select do |_, a, b|
      ra, rb = root.(a), root.(b)
      next false if ra == rb
      group[ra] = rb
      true
    end
  end

  def each_path(from, to, path = [from], &block)
    return enum_for(__method__, from, to, path) unless block
    return block.call(path) if from == to
    @roads[from].keys.sort.each do |place|
      each_path(place, to, path + [place], &block) unless path.include?(place)
    end
  end
end

Report.title("Roads")
map = RoadMap.new({ %w[mill church] => 4, %w[church square] => 1, %w[mill square] => 7, %w[square gate] => 3,
                    %w[gate mill] => 2, %w[church school] => 5, %w[school gate] => 8 })
puts map.places.join(" ")
[%w[mill square], %w[school mill], %w[gate gate]].each do |from, to|
  path, length = map.shortest(from, to)
  puts "#{from} to #{to}: #{path.join("-")} (#{length})"
end
puts map.shortest("mill", "moon").inspect
map.cheapest_net.each { |n, a, b| puts "#{a}-#{b} #{n}" }
paths = map.each_path("mill", "square")
puts paths.count, paths.min_by(&:size).join("-"), paths.map(&:size).tally.sort.inspect
puts paths.lazy.reject { |pth| pth.include?("gate") }.first.join("-")

# ---- a factory ---------------------------------------------------------------------------------

module Machine
  def self.included(base)
    base.extend(Setup)
  end

  module Setup
    def settings = @settings ||= superclass.respond_to?(:settings) ? superclass.settings.dup : {}

    def setting(name, default)
      settings[name] = default
      define_method(name) { @values.fetch(name) { self.class.settings[name] } }
      define_method(:"#{name}=") { |value| @values[name] = value }
    end
  end

  def initialize(**values)
    unknown = values.keys - self.class.settings.keys
    raise ArgumentError, "unknown settings: #{unknown.join(", ")}" unless unknown.empty?
    @values = values
    @made = 0
  end

  attr_reader :made

  def work(item)
    @made += 1
    process(item)
  end
end

class Cutter
  include Machine
  setting :length, 3

  def process(item) = item.scan(/.{1,#{length}}/)
end

class Painter
  include Machine
  setting :color, "red"
  setting :layers, 1

  def process(item) = "#{color}:" * layers + item.to_s
end

class GlossPainter < Painter
  setting :shine, 5

  def process(item) = super + "*" * shine
end

class Line
  def initialize(*machines) = @machines = machines
  def |(machine) = Line.new(*@machines, machine)

  def run(items)
    @machines.inject(items) do |list, machine|
      list.flat_map { |item| machine.work(item) }
    end
  end

  def report = @machines.map { |m| "#{m.class.name} #{m.made}" }.join(", ")
end

Report.title("Factory")
cutter = Cutter.new(length: 2)
line = Line.new(cutter) | Painter.new(layers: 2) | GlossPainter.new(color: "blue", shine: 2)
puts line.run(%w[abcd xyz]), line.report
puts GlossPainter.settings.inspect == { color: "red", layers: 1, shine: 5 }.inspect, Painter.settings.size
cutter.length = 3
puts cutter.work("abcdefg").inspect, cutter.made, Cutter.new.length
begin
  Painter.new(colour: 1)
rescue ArgumentError => e
  puts e.message
end

# ---- elections ---------------------------------------------------------------------------------

class Ballot
  def initialize(*ranking) = @ranking = ranking
  def best(candidates) = @ranking.find { |c| candidates.include?(c) }
end

class Election
  Result = Struct.new(:round, :counts, :out, keyword_init: true)

  def initialize(candidates, ballots) = (@candidates, @ballots = candidates, ballots)

  def rounds
    return to_enum(:rounds) unless block_given?
    left = @candidates.dup
    round = 0
    loop do
      counts = left.to_h { |c| [c, 0] }
      @ballots.each { |b| (c = b.best(left)) && counts[c] += 1 }
      winner, votes = counts.max_by { |c, n| [n, c] }
      done = votes * 2 > counts.values.sum || left.size == 1
      loser = done ? nil : counts.min_by { |c, n| [n, c] }.first
      yield Result.new(round: round += 1, counts: counts, out: loser)
      return winner if done
      left -= [loser]
    end
  end

  def winner = rounds { }
end

Report.title("Election")
dice = Dice.new(2024)
candidates = %w[Ann Bob Cid Dee]
ballots = Array.new(31) { Ballot.new(*dice.shuffle(candidates).first(2 + dice.next_int(3))) }
election = Election.new(candidates, ballots)
election.rounds do |result|
  puts "round #{result.round}: #{result.counts.sort_by { |c, n| [-n, c] }.map { |c, n| "#{c} #{n}" }.join(", ")}"
  puts "  #{result.out} is out" if result.out
end
puts "winner: #{election.winner}"
puts election.rounds.map(&:round).inspect

# ---- a little language for rules ---------------------------------------------------------------

class Rule
  Parser = Struct.new(:parse) do
    def call(text) = parse.call(text)
    def |(other) = Parser.new(->(text) { call(text) || other.call(text) })
    def map(&block) = Parser.new(->(text) { (r = call(text)) && [block.call(r[0]), r[1]] })

    def then(other = nil, &block)
      following = block || proc { other }
      Parser.new(lambda do |text|
        value, rest = call(text)
        next unless rest
        result = following.call(value).call(rest)
        result && [[value, result[0]], result[1]]
      end)
    end

    def many
      Parser.new(lambda do |text|
        values = []
        while (result = call(text))
          value, text = result
          values << value
        end
        [values, text]
      end)
    end
  end

  def self.token(pattern)
    Parser.new(->(text) { (m = text.match(/\A\s*(#{pattern})/)) && [m[1], m.post_match] })
  end

  def self.lazy(&block) = Parser.new(->(text) { block.call.call(text) })

  NUMBER = token('\d+').map { |digits| ->(_) { digits.to_i } }
  NAME = token("[a-z]+").map { |name| ->(env) { env.fetch(name.to_sym) { raise NameError, "what is #{name}?" } } }
  GROUP = token('\(').then(lazy { OR }).then(token('\)')).map { |(_, inner), _| inner }
  ATOM = NUMBER | GROUP | NAME

  def self.binary(operand, *operators)
    operator = operators.map { |o| token(Regexp.escape(o)) }.inject(:|)
    operand.then(operator.then(operand).many).map do |first, rest|
      rest.inject(first) do |left, (op, right)|
        case op
        when "and" then ->(env) { left.(env) && right.(env) }
        when "or" then ->(env) { left.(env) || right.(env) }
        when "=" then ->(env) { left.(env) == right.(env) }
        else ->(env) { left.(env).public_send(op, right.(env)) }
        end
      end
    end
  end

  PRODUCT = binary(ATOM, "*", "/", "%")
  SUM = binary(PRODUCT, "+", "-")
  COMPARE = binary(SUM, "<=", ">=", "<", ">", "=")
  AND = binary(COMPARE, "and")
  OR = binary(AND, "or")

  def initialize(text)
    @text = text
    @code, rest = OR.call(text)
    raise ArgumentError, "cannot read #{rest.inspect}" unless @code && rest.strip.empty?
  end

  def call(**env) = @code.call(env)
  def to_proc = method(:call).to_proc
end

Report.title("Rules")
[["1 + 2 * 3", {}], ["(1 + 2) * 3 - x", { x: 4 }], ["age >= 18 and age < 65", { age: 30 }],
 ["age >= 18 and age < 65", { age: 70 }], ["x = 3 or y = 3", { x: 1, y: 3 }], ["10 - 4 - 3", {}],
 ["100 / 7 % 5", {}], ["y", {}]].each do |text, env|
  puts "#{text} -> #{Rule.new(text).call(**env)}"
rescue NameError => e
  puts "#{text}: #{e.message.lines.first}"
end
["1 +", "2 ) 3", ""].each do |text|
  Rule.new(text)
rescue ArgumentError => e
  puts e.message
end
grown_up = Rule.new("age >= 18")
puts people.map { |pr| grown_up.call(age: pr.age(2000)) }.inspect

# ---- weather, with generators ------------------------------------------------------------------

Report.title("Weather")
weather = Enumerator.new do |days|
  dice = Dice.new(7)
  state = :sun
  loop do
    days << state
    state = case state
            when :sun then dice.chance?(70) ? :sun : :cloud
            when :cloud then dice.pick(%i[sun cloud rain])
            else dice.chance?(50) ? :rain : :cloud
            end
  end
end
puts weather.take(14).join(" ")
puts weather.first(30).tally.sort_by { |k, n| [-n, k] }.map { |k, n| "#{k} #{n}" }.join(", ")
puts weather.lazy.each_cons(2).with_index.select { |(a, b), _| a != b }.map { |(a, b), i| "#{i}:#{a}>#{b}" }.first(4).inspect
puts weather.first(20).chunk_while { |a, b| a == b }.map { |run| "#{run.first}x#{run.size}" }.join(" ")
longest = weather.first(60).slice_when { |a, b| a != b }.max_by(&:size)
puts "#{longest.first} for #{longest.size} days"

# ---- a garden: visitors and double dispatch ----------------------------------------------------

module Visitable
  def accept(visitor, *args) = visitor.public_send(:"visit_#{self.class.name.downcase}", self, *args)
end

class Plant
  include Visitable
  attr_reader :name, :height

  def initialize(name, height) = (@name, @height = name, height)
end

class Tree < Plant; end
class Flower < Plant; end

class Bed
  include Visitable
  attr_reader :children

  def initialize(*children) = @children = children
end

class Measure
  def visit_tree(tree, _depth = 0) = tree.height * 2
  def visit_flower(flower, _depth = 0) = flower.height
  def visit_bed(bed, depth = 0) = bed.children.sum { |c| c.accept(self, depth + 1) }
end

class Sketch
  def visit_tree(tree, depth = 0) = ["#{"  " * depth}^ #{tree.name}"]
  def visit_flower(flower, depth = 0) = ["#{"  " * depth}* #{flower.name}"]
  def visit_bed(bed, depth = 0) = ["#{"  " * depth}[#{bed.children.size}]"] + bed.children.flat_map { |c| c.accept(self, depth + 1) }
end

Report.title("Garden")
garden = Bed.new(Tree.new("oak", 20), Bed.new(Flower.new("rose", 2), Flower.new("iris", 1)), Tree.new("yew", 5))
puts garden.accept(Measure.new), garden.accept(Sketch.new)
begin
  Plant.new("moss", 0).accept(Measure.new)
rescue NoMethodError => e
  puts e.name
end

# ---- undo and redo by closures -----------------------------------------------------------------

class Editor
  attr_reader :text

  def initialize(text = "")
    @text = text.dup
    @done = []
    @undone = []
  end

  def insert(at, piece) = change(-> { @text.insert(at, piece) }, -> { @text.slice!(at, piece.length) })

  def delete(at, length)
    piece = @text[at, length]
    change(-> { @text.slice!(at, length) }, -> { @text.insert(at, piece) })
  end

  def undo = step(@done, @undone, 1)
  def redo = step(@undone, @done, 0)

  def group
    mark = @done.size
    yield self
    steps = @done.slice!(mark..)
    @done << [-> { steps.each { |s| s[0].call } }, -> { steps.reverse_each { |s| s[1].call } }]
    self
  end

  private

  def change(forward, backward)
    forward.call
    @done << [forward, backward]
    @undone.clear
    self
  end

  def step(from, to, which)
    return self if from.empty?
    command = from.pop
    command[which].call
    to << command
    self
  end
end

Report.title("Editor")
editor = Editor.new("hello")
puts editor.insert(5, " world").text, editor.delete(0, 1).insert(0, "J").text
puts editor.undo.undo.text, editor.redo.text, editor.undo.undo.undo.text, editor.redo.text
editor.group { |e| e.insert(0, "<").insert(e.text.length, ">") }
puts editor.text, editor.undo.text, editor.redo.text, editor.insert(1, "!").redo.text

# ---- the year in numbers -----------------------------------------------------------------------

Report.title("Census")
dice = Dice.new(99)
streets = %w[High Low Mill Church]
households = Array.new(40) do |i|
  { street: streets[dice.next_int(4)], number: i + 1, people: dice.roll, income: 500 + dice.next_int(3000) }
end
households.group_by { |h| h[:street] }.sort.each do |street, homes|
  incomes = homes.map { |h| h[:income] }.sort
  Report.row(street, homes.size, homes.sum { |h| h[:people] }, incomes[incomes.size / 2],
             (incomes.sum / incomes.size.to_f).round(1), widths: [8, 4, 5, 7, 9])
end
rich, poor = households.partition { |h| h[:income] > 2000 }
puts rich.size, poor.size, households.max_by { |h| [h[:income], h[:number]] }[:number]
puts households.map { |h| h[:people] }.tally.sort.map { |n, c| "#{n}:#{"#" * c}" }
puts households.each_slice(10).map { |part| part.sum { |h| h[:income] } }.inspect
puts households.sort_by { |h| [-h[:people], h[:income]] }.first(3).map { |h| h[:number] }.inspect
brackets = households.chunk { |h| h[:income] / 1000 }.map { |k, list| [k, list.size] }
puts brackets.first(6).inspect, households.find_index { |h| h[:people] == 6 }
puts households.reduce(Hash.new(0)) { |h, home| h.merge(home[:street] => h[home[:street]] + home[:people]) }.sort.inspect
puts households.minmax_by { |h| h[:income] }.map { |h| h[:income] }.inspect
puts households.each_cons(3).count { |a, b, c| a[:income] < b[:income] && b[:income] < c[:income] }

# ---- farewell: everyone says goodbye in turn ---------------------------------------------------

# A ring of people who pass a message on, each adding something, as fibers.
class Ring
  def initialize(members, rounds:)
    @rounds = rounds
    @fibers = members.map do |member|
      Fiber.new do |message|
        rounds.times do |round|
          message = Fiber.yield("#{message} #{member.name[0]}#{round + 1}")
        end
        "#{message} bye"
      end
    end
  end

  def pass(message)
    (@rounds + 1).times do
      message = @fibers.inject(message) { |text, fiber| fiber.resume(text) }
    end
    message
  end
end

Report.title("Farewell")
puts Ring.new(people.sort, rounds: 2).pass("go")
puts people.map(&:friends).map(&:size).inspect
at_exit { puts "the town sleeps" }
END { puts "good night" }
puts [ann, bob].map { |pr| "#{pr}" }.join("; ")
