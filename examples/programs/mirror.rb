# A program that looks into a mirror: everything here is built by code that makes code. Macros write
# methods, hooks watch classes grow, proxies answer for others, text becomes source and is run, and
# reflection prints what came of it. Nothing depends on addresses or on the wording of messages that
# changed between versions, so that two implementations can be compared line by line.

# ---- printing ----------------------------------------------------------------------------------

module Show
  class << self
    def title(text)
      puts
      puts text.upcase
      puts "=" * text.length
    end

    def fact(label, value)
      puts "#{label.to_s.ljust(26)} #{plain(value)}".rstrip
    end

    # The text of a value; hashes are written by hand because their inspect differs.
    def plain(value)
      case value
      when Hash then "{" + value.map { |k, v| "#{plain(k)}=#{plain(v)}" }.join(", ") + "}"
      when Array then "[" + value.map { |v| plain(v) }.join(", ") + "]"
      when Module then value.name || "anonymous #{value.class.name.downcase}"
      when nil then "nil"
      when Method, UnboundMethod then "#{plain(value.owner)}##{value.name}/#{value.arity}"
      else value.to_s
      end
    end

    # The class of the exception that the block raises, or its value when it raises nothing.
    def outcome(label)
      fact(label, yield)
    rescue StandardError => error
      fact(label, "raised #{error.class}")
    end
  end
end

# ---- macros that write methods -----------------------------------------------------------------

module Macros
  Field = Struct.new(:name, :type, :default, :lazy) do
    def convert(value)
      return nil if value.nil?
      type ? Kernel.public_send(type, value) : value
    end
  end

  def self.extended(base)
    base.instance_variable_set(:@own_fields, {})
    (@users ||= []) << base
  end

  def self.users = @users

  def own_fields = @own_fields ||= {}

  def fields
    inherited = superclass.respond_to?(:fields) ? superclass.fields : {}
    inherited.merge(own_fields)
  end

  def field(name, type = nil, default: nil)
    own_fields[name] = made = Field.new(name, type, default, false)
    define_method(name) do
      key = :"@#{name}"
      instance_variable_defined?(key) ? instance_variable_get(key) : made.default
    end
    define_method(:"#{name}=") { |value| instance_variable_set(:"@#{name}", made.convert(value)) }
    define_method(:"#{name}?") { !!public_send(name) }
    name
  end

  def lazy(name, &compute)
    own_fields[name] = Field.new(name, nil, nil, true)
    define_method(name) do
      key = :"@lazy_#{name}"
      return instance_variable_get(key) if instance_variable_defined?(key)
      instance_variable_set(key, instance_exec(&compute))
    end
    define_method(:"forget_#{name}") do
      key = :"@lazy_#{name}"
      remove_instance_variable(key) if instance_variable_defined?(key)
      self
    end
  end

  def memoize(name)
    plain = instance_method(name)
    cache_name = :"@memo_of_#{name}"
    define_method(name) do |*args|
      cache = instance_variable_get(cache_name) || instance_variable_set(cache_name, {})
      cache.fetch(args) { cache[args] = plain.bind(self).call(*args) }
    end
    name
  end

  def flag(*names)
    names.each do |name|
      class_eval <<~RUBY, "flags", 10
        def #{name}? = @#{name} ? true : false
        def #{name}! = tap { @#{name} = true }
        def un#{name}! = tap { @#{name} = false }
      RUBY
    end
  end
end

class Shape
  extend Macros
  field :label, :String, default: "shape"
  flag :hidden

  def initialize(**values)
    values.each { |key, value| public_send("#{key}=", value) }
  end
end

class Box < Shape
  field :width, :Integer, default: 1
  field :height, :Integer, default: 1
  attr_reader :measured
  lazy(:area) { @measured = measured.to_i + 1; width * height }

  memoize def scaled(by)
    (@calls ||= []) << by
    width * by
  end

  def calls = @calls
end

Show.title "Macros"
box = Box.new(width: "12", height: 3, label: :crate)
Show.fact "fields of Shape", Shape.fields.keys
Show.fact "fields of Box", Box.fields.keys
Show.fact "converted", [box.width, box.height, box.label]
Show.fact "classes", [box.width.class, box.label.class]
Show.fact "lazy twice", [box.area, box.area, box.measured]
Show.fact "lazy forgotten", [box.forget_area.area, box.measured]
Show.fact "memoized", [box.scaled(2), box.scaled(2), box.scaled(5), box.calls]
Show.fact "flags", [box.hidden?, box.hidden!.hidden?, box.unhidden!.hidden?]
Show.fact "query", [Box.new.label?, Box.new(label: nil).label?]
Show.outcome("bad conversion") { box.width = "wide" }
Show.outcome("unknown field") { Box.new(depth: 1) }
Show.fact "users of Macros", Macros.users
Show.fact "setters", Box.public_instance_methods(false).grep(/=\z/).sort
Show.fact "line of a flag", Shape.instance_method(:hidden!).source_location
Show.fact "arity", [:width, :width=, :scaled].map { |m| Box.instance_method(m).arity }
Show.fact "variables", box.instance_variables.sort.first(3)

# ---- a class that is watched while it grows ----------------------------------------------------

class Watched
  LOG = []

  class << self
    def note(*words) = LOG << words.map { |word| Show.plain(word) }.join(" ")
    def inherited(sub) = (super; note(:inherited, self, sub))
    def method_added(name) = note(:method, name)
    def singleton_method_added(name) = note(:singleton, name)
    def method_removed(name) = note(:removed, name)
    def method_undefined(name) = note(:undefined, name)

    def const_missing(name)
      note(:missing, name)
      name.start_with?("Auto") ? const_set(name, Class.new(self)) : super
    end
  end

  def hello = "hello"
  def self.quiet = nil
  alias greet hello
  define_method(:bye) { "bye" }
  attr_accessor :level
  remove_method :greet
  undef_method :bye
end

module Hooked
  EVENTS = []
  def self.included(base) = EVENTS << "included in #{base}"
  def self.extended(base) = EVENTS << "extended #{base.class}"
  def self.prepended(base) = EVENTS << "prepended to #{base}"

  def self.append_features(base)
    EVENTS << "append to #{base}: #{base.include?(self)}"
    super
  end
end

Show.title "Hooks"
Child = Class.new(Watched) { def extra = 1 }
Watched::AutoOne.new
Watched::AutoOne
Show.outcome("strange constant") { Watched::Strange }
Watched::LOG.each { |line| puts "  #{line}" }
Show.fact "auto", [Watched::AutoOne, Watched::AutoOne.superclass]
Show.fact "subclasses", Watched.subclasses.map(&:name).sort
Show.fact "undefined stays away", Watched.new.respond_to?(:bye)
Includer = Class.new { include Hooked }
Prepender = Class.new { prepend Hooked }
Object.new.extend(Hooked)
Hooked::EVENTS.each { |line| puts "  #{line.sub(/#<Class.*?>/, "(unnamed)")}" }
Show.fact "ancestors", [Includer.ancestors.first(2), Prepender.ancestors.first(2)]

# ---- ghosts: method_missing and friends --------------------------------------------------------

class Ghost < BasicObject
  def initialize(target, log)
    @target = target
    @log = log
  end

  def method_missing(name, *args, **options, &block)
    return super unless @target.respond_to?(name)
    @log << "#{name}(#{[*args, *options.keys].join(",")})#{"&" if block}"
    result = @target.public_send(name, *args, **options, &block)
    result.equal?(@target) ? self : result
  end

  def respond_to_missing?(name, include_all = false) = @target.respond_to?(name, include_all)
  def respond_to?(name, include_all = false) = respond_to_missing?(name, include_all)
  def !~(other) = ::Kernel.format("not like %s", other)
end

class Config
  def initialize(values = {}) = @values = values

  def method_missing(name, *args, &block)
    case name.to_s
    when /\A(\w+)=\z/ then @values[$1.to_sym] = args.first
    when /\A(\w+)\?\z/ then !!@values[$1.to_sym]
    when /\A(\w+)!\z/ then @values.fetch($1.to_sym)
    when /\A[a-z_]+\z/
      return super unless @values.key?(name) || block
      block ? nest(name, &block) : @values[name]
    else super
    end
  end

  def respond_to_missing?(name, all = false)
    name.end_with?("=", "?", "!") || @values.key?(name) || super
  end

  def flatten(prefix = "")
    @values.flat_map do |key, value|
      value.is_a?(Config) ? value.flatten("#{prefix}#{key}.") : ["#{prefix}#{key}=#{value}"]
    end
  end

  private

  def nest(name, &block)
    (@values[name] ||= Config.new).tap { |inner| inner.instance_eval(&block) }
  end
end

Show.title "Ghosts"
log = []
ghost = Ghost.new([3, 1, 2], log)
Show.fact "sorted", ghost.sort { |a, b| b <=> a }
Show.fact "chained", ghost.push(9).push(8).size
Show.fact "log", log
Show.fact "odd operator", (ghost !~ 4)
Show.outcome("not a method") { ghost.fly }
config = Config.new
config.instance_eval do
  self.name = "mirror"
  server do
    self.host = "localhost"
    self.port = 80
    limits { self.memory = 512 }
  end
end
Show.fact "config", config.flatten
Show.fact "reader", [config.name, config.server.port, config.server.limits.memory]
Show.fact "queries", [config.name?, config.colour?, config.respond_to?(:colour), config.respond_to?(:name)]
Show.outcome("bang") { config.colour! }
Show.outcome("unset") { config.colour }
Show.fact "method object", config.method(:name).call
Show.fact "arity of a ghost method", config.method(:anything=).arity

# ---- a record that knows its table -------------------------------------------------------------

class Record
  class Invalid < StandardError
    attr_reader :record

    def initialize(record)
      @record = record
      super(record.problems.join("; "))
    end
  end

  Relation = Struct.new(:model, :filters, :order_key, :count) do
    include Enumerable

    def where(**conditions, &test)
      added = conditions.map { |k, v| ->(row) { v === row.public_send(k) } }
      added << test if test
      with(filters: filters + added)
    end

    def order(key) = with(order_key: key)
    def limit(number) = with(count: number)

    def each(&block)
      return enum_for(:each) unless block
      rows = model.rows.select { |row| filters.all? { |f| row.instance_exec(row, &f) } }
      rows = rows.sort_by(&order_key) if order_key
      rows = rows.first(count) if count
      rows.each(&block)
      self
    end

    def method_missing(name, *args, &block)
      scope = model.scopes[name]
      scope ? instance_exec(*args, &scope) : super
    end

    def respond_to_missing?(name, all = false) = model.scopes.key?(name) || super

    private

    def with(**changes) = dup.tap { |copy| changes.each { |k, v| copy[k] = v } }
  end

  class << self
    attr_reader :rows, :scopes, :columns, :checks, :callbacks

    def inherited(model)
      super
      model.instance_exec do
        @rows = []
        @scopes = {}
        @columns = []
        @checks = []
        @callbacks = Hash.new { |all, moment| all[moment] = [] }
      end
    end

    def column(name, kind = :to_s)
      @columns << name
      define_method(name) { @values[name] }
      define_method("#{name}=") do |value|
        @changes << name unless @values[name] == value
        @values[name] = value.nil? ? nil : value.public_send(kind)
      end
      define_singleton_method("find_by_#{name}") { |value| rows.find { |r| r.public_send(name) == value } }
    end

    def scope(name, body)
      @scopes[name] = body
      define_singleton_method(name) { |*args| all.public_send(name, *args) }
    end

    def check(*names, with: nil, &test)
      names.each { |name| @checks << [name, with || "is wrong", test] }
    end

    def belongs_to(name, to: name.to_s.capitalize)
      column(:"#{name}_id", :to_i)
      define_method(name) { self.class.model(to).rows.find { |r| r.id == public_send("#{name}_id") } }
      define_method("#{name}=") { |owner| public_send("#{name}_id=", owner&.id) }
    end

    def has_many(name, of: name.to_s.chop.capitalize)
      key = :"#{self.name.split("::").last.downcase}_id"
      define_method(name) { |&block| self.class.model(of).where(key => id, &block) }
    end

    def model(name) = const_get(name)
    def all = Relation.new(self, [], nil, nil)
    def where(...) = all.where(...)
    def create(**values) = new(**values).save
    %i[before_save after_save].each { |moment| define_method(moment) { |&b| callbacks[moment] << b } }
  end

  attr_reader :id, :changes

  def initialize(**values)
    @values = {}
    @changes = []
    values.each { |name, value| send(:"#{name}=", value) }
  end

  def problems
    self.class.checks.filter_map do |name, text, test|
      "#{name} #{text}" unless instance_exec(public_send(name), &test)
    end
  end

  def save
    run(:before_save)
    raise Invalid.new(self) unless problems.empty?
    @id ||= self.class.rows.push(self).size
    @changes = []
    run(:after_save)
    self
  end

  def to_s = "#{self.class.name.downcase} #{id}: " + self.class.columns.map { |c| Show.plain(@values[c]) }.join("/")

  private

  def run(moment) = self.class.callbacks[moment].each { |block| instance_eval(&block) }
  def initialize_copy(other) = (super; @values = @values.dup; @changes = []; @id = nil)
end

class Author < Record
  column :name
  column :born, :to_i
  has_many :books
  check(:name, with: "is empty") { |name| !name.empty? }
  before_save { self.name = name.to_s.strip }
end

class Book < Record
  column :title
  column :pages, :to_i
  belongs_to :author
  scope :long, -> { where { pages > 300 } }
  scope :shorter_than, ->(limit) { where { |book| book.pages < limit } }
  check(:title, with: "is missing") { |title| title && title != "" }
  check(:pages, with: "must be positive") { |pages| pages.to_i.positive? }
  after_save { Book.saved << title }
  def self.saved = @saved ||= []
end

Show.title "Records"
ada = Author.create(name: " Ada ", born: "1815")
bo = Author.create(name: "Bo", born: 1900)
[["Engines", 420, ada], ["Notes", 80, ada], ["Rivers", 350, bo], ["Hills", 290, bo]].each do |title, pages, author|
  Book.create(title: title, pages: pages, author: author)
end
Author.rows.each { |row| puts "  #{row}" }
Book.rows.each { |row| puts "  #{row}" }
Show.fact "find_by", Author.find_by_name("Bo").born
Show.fact "scope", Book.long.map(&:title)
Show.fact "scope of a scope", Book.where(author_id: 2).long.map(&:title)
Show.fact "scope with argument", Book.shorter_than(300).order(:title).map(&:title)
Show.fact "range condition", Book.where(pages: 100..400).order(:pages).limit(2).map(&:title)
Show.fact "has many", ada.books.map(&:title)
Show.fact "belongs to", Book.find_by_title("Hills").author.name
Show.fact "enumerable", [Book.all.sum(&:pages), Book.all.min_by(&:pages).title, Book.all.each.next.title]
begin
  Book.create(title: "", pages: -1)
rescue Record::Invalid => error
  Show.fact "invalid", error.message
  Show.fact "its record", error.record.pages
end
copy = Book.rows.first.dup
copy.title = "Copy"
Show.fact "copy", [copy.id, copy.title, copy.changes, Book.rows.first.title]
Show.fact "saved", Book.saved
Show.fact "responds", [Book.all.respond_to?(:long), Author.all.respond_to?(:long)]
Show.outcome("no such scope") { Author.all.long }

# ---- contracts ---------------------------------------------------------------------------------

module Contracts
  class Broken < StandardError; end

  def self.included(base) = base.extend(Macros)

  module Macros
    def takes(*rules, returns: nil)
      @pending = [rules, returns]
    end

    def method_added(name)
      super
      rules, returns = @pending
      return unless rules
      @pending = nil
      body = instance_method(name)
      define_method(name) do |*args, &block|
        rules.zip(body.parameters, args) do |rule, (_, parameter), arg|
          next if rule.nil? || rule === arg
          raise Broken, "#{name}: #{parameter} does not accept #{Show.plain(arg)}"
        end
        result = body.bind_call(self, *args, &block)
        next result if returns.nil? || returns === result
        raise Broken, "#{name} must not return #{Show.plain(result)}"
      end
    end
  end
end

class Account
  include Contracts
  POSITIVE = ->(n) { n.is_a?(Integer) && n > 0 }
  attr_reader :balance

  takes POSITIVE
  def initialize(balance) = @balance = balance

  takes POSITIVE, returns: Integer
  def deposit(amount) = @balance += amount

  takes 1..500, String, returns: ->(left) { left >= 0 }
  def withdraw(amount, reason) = @balance -= amount

  def free(anything) = anything
end

Show.title "Contracts"
account = Account.new(100)
[[:deposit, 50], [:deposit, -5], [:deposit, "5"], [:withdraw, 20, "food"], [:withdraw, 501, "car"],
 [:withdraw, 10, nil], [:withdraw, 400, "rent"], [:free, nil]].each do |name, *args|
  label = "#{name}(#{args.map { |a| Show.plain(a) }.join(", ")})"
  Show.fact label, account.public_send(name, *args)
rescue Contracts::Broken => error
  Show.fact label, error.message
end
Show.fact "balance", account.balance
Show.outcome("new") { Account.new(0) }
Show.fact "arities", [:deposit, :withdraw, :free].map { |m| account.method(m).arity }

# ---- tracing by prepending ---------------------------------------------------------------------

module Tracing
  Trace = Struct.new(:lines, :depth)

  def self.of(target, *names, into:)
    tracer = Module.new do
      names.each do |name|
        define_method(name) do |*args, &block|
          into.lines << "#{"  " * into.depth}> #{name}(#{args.join(", ")})"
          into.depth += 1
          super(*args, &block).tap { |r| into.lines << "#{"  " * (into.depth - 1)}< #{r}" }
        ensure
          into.depth -= 1
        end
        private name if target.private_method_defined?(name)
      end
      define_singleton_method(:to_s) { "Tracing(#{names.join(",")})" }
      singleton_class.alias_method(:inspect, :to_s)
    end
    target.prepend(tracer)
    tracer
  end
end

class Maths
  def fact(n) = n < 2 ? 1 : n * fact(n - 1)
  def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
  def outer(n) = secret(n) + 1

  private

  def secret(n) = n * 2
end

Show.title "Tracing"
trace = Tracing::Trace.new([], 0)
tracer = Tracing.of(Maths, :fact, :outer, :secret, into: trace)
maths = Maths.new
Show.fact "results", [maths.fact(3), maths.outer(4), maths.fib(10)]
trace.lines.each { |line| puts "  #{line}" }
Show.fact "ancestors", Maths.ancestors.first(2).map(&:to_s)
Show.fact "owners", [maths.method(:fact).owner.equal?(tracer), maths.method(:fib).owner]
Show.fact "super method", maths.method(:fact).super_method.owner
Show.fact "below the tracer", Maths.instance_method(:fact).owner.to_s
Show.outcome("still private") { maths.secret(1) }
Show.fact "private", Maths.private_instance_methods(false).sort

module Loud
  def self.included(base)
    base.class_eval do
      alias_method :speak_without_shout, :speak
      alias_method :speak, :speak_with_shout
    end
  end

  def speak_with_shout(...) = speak_without_shout(...).upcase + "!"
end

class Dog
  def speak(word = "woof", times: 1) = ([word] * times).join(" ")
  include Loud
end

Show.fact "alias chain", [Dog.new.speak, Dog.new.speak("arf", times: 2), Dog.new.speak_without_shout]
Show.fact "names", [Dog.instance_method(:speak).name, Dog.instance_method(:speak).original_name]

# ---- state machines ----------------------------------------------------------------------------

module StateMachine
  class Refused < StandardError; end
  Transition = Struct.new(:from, :to, :guard, :effect, keyword_init: true)

  class Builder
    def initialize(owner, initial)
      @owner = owner
      @states = [initial]
      @events = Hash.new { |events, name| events[name] = [] }
      owner.const_set(:STATES, @states)
      owner.const_set(:EVENTS, @events)
    end

    def state(*names) = @states.concat(names).uniq!

    def event(name, &body)
      @current = @events[name]
      instance_eval(&body)
      @current = nil
    end

    def move(from:, to:, **guards, &effect)
      Array(from).each do |origin|
        state(origin, to)
        @current << Transition.new(from: origin, to: to, guard: guards[:if], effect: effect)
      end
    end

    def build
      states, events = @states, @events
      @owner.include(Module.new do
        define_method(:state) { @state ||= states.first }
        states.each { |name| define_method(:"#{name}?") { state == name } }
        events.each do |name, moves|
          define_method(:"can_#{name}?") { moves.any? { |m| usable?(m) } }
          define_method(:"#{name}!") do |*args|
            move = moves.find { |m| usable?(m) } or raise Refused, "cannot #{name} while #{state}"
            instance_exec(*args, &move.effect) if move.effect
            @state = move.to
            self
          end
        end

        private define_method(:usable?) { |m| m.from == state && (m.guard.nil? || instance_exec(&m.guard)) }
      end)
    end
  end

  def machine(initial, &body)
    builder = Builder.new(self, initial)
    builder.instance_eval(&body)
    builder.build
  end
end

class Door
  extend StateMachine
  attr_reader :log, :code

  def initialize(code) = (@code, @log = code, [])

  machine :closed do
    event(:open) { move(from: :closed, to: :opened) { |who = "nobody"| log << "#{who} opens" } }
    event(:close) { move(from: :opened, to: :closed) }
    event :lock do
      move(from: :closed, to: :locked, if: -> { code > 0 }) { log << "locked with #{code}" }
    end
    event(:break) { move(from: %i[closed locked], to: :broken) { log << "crash" } }
  end
end

Show.title "State machines"
door = Door.new(7)
Show.fact "states", Door::STATES
Show.fact "events", Door::EVENTS.transform_values(&:size)
Show.fact "start", [door.state, door.closed?, door.can_open?, door.can_close?]
Show.fact "moved", door.open!("Eve").close!.lock!.state
begin
  door.open!
rescue StateMachine::Refused => error
  Show.fact "refused", error.message
end
Show.fact "broken", [door.break!.broken?, door.log]
Show.fact "guard", Door.new(0).can_lock?
Show.fact "constants", Door.constants.sort
Show.fact "private helper", [Door.method_defined?(:usable?), Door.private_method_defined?(:usable?)]
Show.fact "effect parameters", Door::EVENTS[:open].first.effect.parameters

# ---- dependency injection ----------------------------------------------------------------------

class Container
  class Cycle < StandardError; end
  Entry = Struct.new(:factory, :single, :value, :ready)

  def initialize(parent = nil, &setup)
    @parent = parent
    @entries = {}
    @path = []
    instance_exec(&setup) if setup
  end

  def provide(name, value = nil, single: true, &factory)
    factory ||= value.is_a?(Class) ? ->(*) { build(value) } : ->(*) { value }
    @entries[name] = Entry.new(factory, single, nil, false)
    define_singleton_method(name) { resolve(name) }
    self
  end

  def resolve(name)
    entry = @entries[name] or return from_parent(name)
    return entry.value if entry.ready
    raise Cycle, [*@path, name].join(" -> ") if @path.include?(name)
    made = with_path(name) { instance_exec(&entry.factory) }
    entry.value, entry.ready = made, true if entry.single
    made
  end

  # Make an object; the names of the parameters of initialize say what it needs.
  def build(klass)
    positional, keywords = [], {}
    klass.instance_method(:initialize).parameters.each do |kind, name|
      case kind
      when :req then positional << resolve(name)
      when :opt then positional << resolve(name) if @entries.key?(name)
      when :keyreq then keywords[name] = resolve(name)
      when :key then keywords[name] = resolve(name) if @entries.key?(name)
      end
    end
    klass.new(*positional, **keywords)
  end

  def child(&setup) = self.class.new(self, &setup)

  private

  def from_parent(name) = @parent ? @parent.resolve(name) : raise(KeyError, "nothing provides #{name}")

  def with_path(name)
    @path.push(name)
    yield
  ensure
    @path.pop
  end
end

Engine = Struct.new(:power)
class Car
  attr_reader :parts

  def initialize(engine, wheels = 3, *rest, colour:, radio: "silent", **extra, &block)
    @parts = [engine.power, wheels, colour, radio, rest.size, extra.size, block]
  end
end

Show.title "Injection"
counter = 0
garage = Container.new do
  provide(:engine) { Engine.new(colour.length * 10) }
  provide :colour, "green"
  provide :car, Car
  provide(:ticket, single: false) { counter += 1 }
  provide(:chicken) { egg }
  provide(:egg) { chicken }
end
Show.fact "parameters", Car.instance_method(:initialize).parameters.map(&:first)
Show.fact "built", garage.car.parts
Show.fact "single", [garage.car.equal?(garage.car), garage.ticket, garage.ticket]
Show.fact "child", garage.child { provide :wheels, 6; provide :radio, "loud" }.build(Car).parts
begin
  garage.chicken
rescue Container::Cycle => error
  Show.fact "cycle", error.message
end
Show.outcome("missing") { garage.resolve(:boat) }
Show.fact "singleton methods", garage.singleton_methods.sort

# ---- events ------------------------------------------------------------------------------------

module Events
  Halt = Object.new.freeze

  def self.included(base)
    base.extend(ClassMethods)
    base.singleton_class.attr_accessor :default_handlers
    base.default_handlers = []
  end

  module ClassMethods
    def inherited(sub)
      super
      sub.default_handlers = default_handlers.dup
    end

    def on(event, method_name = nil, &block)
      default_handlers << [event, method_name ? instance_method(method_name) : block]
    end
  end

  def on(event, handler = nil, &block)
    handlers << [event, handler || block]
    self
  end

  def emit(event, *args)
    catch(Halt) do
      (self.class.default_handlers + handlers).count do |pattern, handler|
        next false unless pattern === event
        case handler
        when UnboundMethod then handler.bind_call(self, *args)
        when Method, Symbol then handler.to_proc.call(*args)
        else instance_exec(*args, event, &handler)
        end
        true
      end
    end
  end

  def stop(value = nil) = throw(Halt, value)

  private

  def handlers = @handlers ||= []
end

class Button
  include Events
  attr_reader :seen

  def initialize = @seen = []
  def blink(times = 1) = @seen << "blink#{times}"
  on :press, :blink
  on(/^key_/) { |*rest| @seen << "key #{rest.last} #{rest.size}" }
end

class Toggle < Button
  on(:press) { |*| @seen << "toggle" }
end

class Button
  on(:late) { @seen << "late" }
end

Show.title "Events"
list = []
button = Button.new.on(:press, list.method(:push)).on(->(e) { e.size > 6 }) { |e| @seen << "long #{e}" }
Show.fact "handled", [button.emit(:press, 3), button.emit(:key_a), button.emit(:key_escape, 1, 2), button.emit(:none)]
Show.fact "seen", button.seen
Show.fact "listeners", list
toggle = Toggle.new.on(:press) { stop("stopped") }.on(:press) { @seen << "never" }
Show.fact "stopped", [toggle.emit(:press, 2), toggle.seen, toggle.emit(:late)]
Show.outcome("stop outside") { toggle.stop }
Show.fact "handlers", [Button.default_handlers.size, Toggle.default_handlers.size]

# ---- a small Rake ------------------------------------------------------------------------------

class Tasks
  Task = Struct.new(:name, :needs, :actions, :text) do
    def enhance(needs, &action)
      self.needs |= needs
      actions << action if action
      self
    end
  end

  attr_reader :output

  def initialize(source = nil, &block)
    @tasks = {}
    @scope = []
    @output = []
    instance_eval(source, "Taskfile", 1) if source
    instance_eval(&block) if block
  end

  def desc(text) = @text = text

  def task(head, &action)
    name, needs = head.is_a?(Hash) ? head.first : [head, []]
    full = [*@scope, name].join(":")
    found = @tasks[full] ||= Task.new(full, [], [], nil)
    found.text, @text = @text, nil if @text
    found.enhance(Array(needs).map(&:to_s), &action)
  end

  def namespace(name)
    @scope.push(name)
    yield
  ensure
    @scope.pop
  end

  def rule(pattern, &block) = (@rules ||= []) << [pattern, block]
  def say(text) = @output << text

  def invoke(name, done = [], path = [])
    raise ArgumentError, "circular: #{[*path, name].join(" > ")}" if path.include?(name)
    return if done.include?(name)
    task = @tasks[name] || synthesize(name) || raise(KeyError, "no task #{name}")
    task.needs.each { |need| invoke(find(need, name), done, [*path, name]) }
    done << name
    task.actions.each { |action| action.arity.zero? ? instance_exec(&action) : action.call(task) }
    self
  end

  def list = @tasks.values.select(&:text).map { |t| "#{t.name} # #{t.text}" }.sort

  private

  def find(need, from)
    inside = from.split(":")[0...-1].push(need).join(":")
    @tasks.key?(inside) ? inside : need
  end

  def synthesize(name)
    pattern, block = (@rules || []).find { |p, _| p.match?(name) }
    pattern && Task.new(name, [], [->(t) { instance_exec(t.name[pattern, 1], &block) }], nil)
  end
end

TASKFILE = <<~'RUBY'
  desc "build it all"
  task(build: %w[compile link]) { say "built" }
  task(:compile) { |t| say "#{t.name} at #{__FILE__}:#{__LINE__}" }
  task link: :compile
  task(:link) { say "link" }
  rule(/\Amake_(\w+)/) { |what| say "make #{what}" }
  namespace :test do
    desc "prepare"
    task(:setup) { say "setup" }
    desc "units"
    task(unit: [:setup, :build, "make_data"]) { say "units" }
  end
  task a: :b
  task b: :a
RUBY

Show.title "Tasks"
tasks = Tasks.new(TASKFILE)
Show.fact "run", tasks.invoke("test:unit").output
Show.fact "list", tasks.list
%w[a nothing].each do |name|
  tasks.invoke(name)
rescue ArgumentError, KeyError => error
  Show.fact "error", error.message
end
begin
  Tasks.new("task(:x) { say 1 }\nraise 'wrong file'")
rescue RuntimeError => error
  Show.fact "where", error.backtrace.first[/\A\w+:\d+/]
end

# ---- serializers by reflection -----------------------------------------------------------------

module Serial
  HANDLERS = {}

  def self.handle(*types, &block) = types.each { |type| HANDLERS[type] = block }

  def self.dump(value)
    _, handler = value.class.ancestors.each { |a| break [a, HANDLERS[a]] if HANDLERS.key?(a) }
    instance_exec(value, &handler)
  end

  handle(Numeric, Symbol, NilClass, TrueClass, FalseClass) { |v| v.inspect }
  handle(String) { |v| v.dump }
  handle(Enumerable) { |v| "[#{v.map { |e| dump(e) }.join(" ")}]" }
  handle(Hash) { |v| "{#{v.map { |k, e| "#{dump(k)}: #{dump(e)}" }.join(", ")}}" }
  handle(Struct) { |v| "#{v.class}(#{v.each_pair.map { |k, e| "#{k} #{dump(e)}" }.join(", ")})" }
  handle(Module) { |v| v.name }
  handle(Object) do |v|
    fields = v.instance_variables.sort.map { |n| "#{n.to_s.delete("@")} #{dump(v.instance_variable_get(n))}" }
    "#{v.class}<#{fields.join(", ")}>"
  end

  # Build the object again from [class name, fields] without calling initialize.
  def self.revive(path, **fields)
    type = Object.const_get(path)
    return type.new(*fields.values_at(*type.members)) if type < Struct
    type.allocate.tap { |o| fields.each { |k, v| o.instance_variable_set("@#{k}", v) } }
  end
end

module Geo
  Point = Struct.new(:x, :y) do
    def +(other) = self.class.new(*to_a.zip(other.to_a).map(&:sum))
    const_set(:ORIGIN, new(0, 0))
  end

  class Path
    include Enumerable
    def initialize(*points) = @points = points
    def each(&block) = @points.each(&block)
  end

  class Place
    def initialize(name, at) = (@name, @at, @tags = name, at, { kind: :town, [1] => nil })
  end
end

Show.title "Serializers"
place = Geo::Place.new("Ulm \"on\" é", Geo::Point.new(1, 2.5))
Show.fact "place", Serial.dump(place)
Show.fact "path", Serial.dump(Geo::Path.new(Geo::Point::ORIGIN, Geo::Point.new(1, 1) + Geo::Point.new(2, 3)))
Show.fact "mixed", Serial.dump([1, nil, true, :sym, 2r, 1i, 1..3, String])
Show.fact "revived", Serial.dump(Serial.revive("Geo::Place", name: "Bern", at: 3))
Show.fact "struct", Serial.revive("Geo::Point", y: 1, x: 2).to_a
Show.fact "where constant lives", [Geo.constants.sort, Object.const_defined?(:ORIGIN), Geo::Point.const_defined?(:ORIGIN)]

# ---- HTML --------------------------------------------------------------------------------------

class Markup < BasicObject
  VOID = %i[br img].freeze
  ESCAPES = { "&" => "&amp;", "<" => "&lt;", ">" => "&gt;", '"' => "&quot;" }.freeze

  def self.render(...) = new.__render__(...)
  def self.escape(text) = text.to_s.gsub(/[&<>"]/, ESCAPES)
  def initialize = (@lines, @depth = [], 0)

  def __render__(helpers = nil, **locals, &page)
    (class << self; self; end).include(helpers) if helpers
    locals.each { |name, value| (class << self; self; end).define_method(name) { value } }
    instance_eval(&page)
    @lines.join("\n")
  end

  def text(words) = __line__(::Markup.escape(words))

  def self.tags(*names)
    names.each do |name|
      class_eval(<<~RUBY, __FILE__, __LINE__ + 1)
        def #{name}(*args, **attributes, &block)
          __tag__(:#{name}, args, attributes, block)
        end
      RUBY
    end
  end

  tags :p, :ul

  def method_missing(name, *args, **attributes, &block)
    return super if name.end_with?("=", "!")
    ::Markup.tags(name)
    __send__(name, *args, **attributes, &block)
  end

  private

  def __line__(text) = @lines << "  " * @depth + text

  def __tag__(name, args, attributes, block)
    open = [name, *attributes.map { |k, v| v == true ? k : "#{k.to_s.tr("_", "-")}=\"#{::Markup.escape(v)}\"" }].join(" ")
    return __line__("<#{open}>") if VOID.include?(name)
    return __line__("<#{open}>#{args.map { |a| ::Markup.escape(a) }.join}</#{name}>") unless block
    __line__("<#{open}>")
    @depth += 1
    instance_exec(*args, &block)
    @depth -= 1
    __line__("</#{name}>")
  end
end

module Helpers
  def link(to, label = to) = a(label, href: to)
end

Show.title "Markup"
page = Markup.render(Helpers, items: ["x < y", "a & b"]) do
  div(class: "main", data_id: 3) do
    h1 "Mirror", hidden: true
    br
    ul { items.each { |item| li { text item } } }
    link "/home?a=1&b=\"2\"", "Home"
    p(1, 2) { |one, two| text "#{one + two}" }
  end
end
puts page
Show.fact "tags learnt", Markup.instance_methods(false).sort - %i[__render__ text method_missing]

# ---- a tiny Lisp that becomes Ruby source ------------------------------------------------------

module Lisp
  OPERATORS = { "+" => "+", "-" => "-", "*" => "*", "<" => "<", "=" => "==", "mod" => "%" }.freeze

  module Reader
    def self.read(text)
      tokens = text.scan(/[()']|"[^"]*"|[^\s()']+/)
      forms = []
      forms << form(tokens) until tokens.empty?
      forms
    end

    def self.form(tokens)
      case token = tokens.shift
      when "(" then [].tap { |list| list << form(tokens) until tokens.first == ")"; tokens.shift }
      when "'" then [:quote, form(tokens)]
      when /\A-?\d+\z/ then token.to_i
      when /\A"(.*)"\z/ then $1
      when nil then raise SyntaxError, "unfinished"
      else token.to_sym
      end
    end
  end

  class Compiler
    def self.special(name, &body) = define_method(:"form_#{name}", &body)

    def compile(form)
      case form
      in Symbol => name then mangle(name)
      in Integer | String then form.inspect
      in [Symbol => head, *rest] if respond_to?(:"form_#{head}") then public_send(:"form_#{head}", *rest)
      in [Symbol => head, *rest] if OPERATORS.key?(head.to_s)
        "(" + rest.map { |r| compile(r) }.join(" #{OPERATORS[head.to_s]} ") + ")"
      in [head, *rest] then "#{compile(head)}.call(#{rest.map { |r| compile(r) }.join(", ")})"
      in [] then "nil"
      end
    end

    special(:if) { |test, yes, no = nil| "(#{compile(test)} ? #{compile(yes)} : #{no ? compile(no) : "nil"})" }
    special(:quote) { |form| form.inspect }
    special(:do) { |*forms| "(#{forms.map { |f| compile(f) }.join("; ")})" }
    special(:fn) { |names, *body| "->(#{names.map { |n| mangle(n) }.join(", ")}) { #{form_do(*body)} }" }
    special(:define) do |head, *body|
      next "#{mangle(head)} = #{compile(body.first)}" unless head.is_a?(Array)
      "#{mangle(head.first)} = nil; #{mangle(head.first)} = #{form_fn(head.drop(1), *body)}"
    end
    special(:let) do |pairs, *body|
      "#{form_fn(pairs.map(&:first), *body)}.call(#{pairs.map { |_, v| compile(v) }.join(", ")})"
    end
    special(:send) { |target, name, *args| "#{compile(target)}.#{name}(#{args.map { |a| compile(a) }.join(", ")})" }

    private

    def mangle(name) = name.to_s.gsub(/[^a-z0-9]/i) { |c| "_#{c.ord}" }.then { |n| "v_#{n}" }
  end

  def self.session = Object.new.instance_eval { binding }

  def self.run(text, scope = session)
    Reader.read(text).map { |form| scope.eval(Compiler.new.compile(form), "lisp") }.last
  end
end

Show.title "Lisp"
scope = Lisp.session
Show.fact "source", Lisp::Compiler.new.compile(Lisp::Reader.read("(if (< a 1) 'b (f-x a))").first)
Lisp.run(<<~LISP, scope)
  (define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
  (define compose (fn (f g) (fn (x) (f (g x)))))
  (define (gcd a b) (if (= b 0) a (gcd b (mod a b))))
  (define even? (fn (n) (= 0 (mod n 2))))
LISP
{
  "fact" => "(fact 20)", "compose" => "((compose fact (fn (x) (+ x 1))) 4)", "gcd" => "(gcd 84 36)",
  "let" => "(let ((a 2) (b 3)) (* a b (+ a b)))", "quote" => "'(1 (two \"three\"))",
  "send" => "(send \"abc\" upcase)", "predicate" => "(if (even? 7) \"even\" \"odd\")"
}.each { |label, text| Show.fact label, Lisp.run(text, scope) }
Show.fact "locals", scope.local_variables.grep(/\Av_/).sort
Show.fact "defined inside", scope.local_variable_get(:v_fact).call(5)
scope.local_variable_set(:v_ten, 10)
Show.fact "defined outside", Lisp.run("(+ ten 1)", scope)
Show.fact "unknown", scope.local_variable_defined?(:v_none)
Show.outcome("no function") { Lisp.run("(nothing 1)", scope) }

# ---- refinements -------------------------------------------------------------------------------

module Units
  refine Integer do
    def metres = "#{self} m"
    def to_s = "<#{super}>"
    def +(other) = other.is_a?(String) ? "#{self}#{other}" : super
  end

  module Shouting
    def shout = upcase + "!"
    def whisper = "(" + downcase + ")"
  end

  refine(String) { import_methods Shouting }

  refine Enumerable do
    def second = drop(1).first
  end
end

module WithUnits
  using Units

  def self.all
    [3.metres, 3.to_s, 3 + "!", 3 + 4, "abc".shout, "ABC".whisper, [1, 2].second, (5..9).second]
  end

  def self.calls = [[1, 2].map(&:metres), 1.respond_to?(:metres), 5.send(:metres), 5.then { _1.metres }]
  def self.interpolated = "#{7}"
end

Show.title "Refinements"
Show.fact "inside", WithUnits.all
Show.fact "through calls", WithUnits.calls
Show.fact "in a text", WithUnits.interpolated
Show.outcome("outside") { 3.metres }
Show.fact "unchanged", [3.to_s, 3 + 4]

# ---- a test framework --------------------------------------------------------------------------

module Spec
  class Failure < StandardError; end
  Result = Struct.new(:path, :status, :detail)

  class Group
    class << self
      attr_accessor :title, :parent_group
      def examples = @examples ||= []
      def groups = @groups ||= []
      def hooks = @hooks ||= { before: [], after: [] }

      def describe(title, &body)
        const = title.to_s.scan(/[a-z]+/i).map(&:capitalize).join
        group = const_set(const, Class.new(self))
        group.title, group.parent_group = title, self
        groups << group
        group.class_eval(&body)
        group
      end

      def it(text, &body) = examples << [text, body]
      def before(&body) = hooks[:before] << body
      def after(&body) = hooks[:after] << body

      def let(name, &body)
        helpers = const_defined?(:Helpers, false) ? const_get(:Helpers) : const_set(:Helpers, Module.new)
        include(helpers)
        helpers.define_method(:"raw_#{name}", &body)
        helpers.define_method(name) { (@lets ||= {}).fetch(name) { @lets[name] = send(:"raw_#{name}") } }
      end

      def chain = parent_group ? [*parent_group.chain, self] : [self]
      def path = chain.filter_map(&:title).join(" ")

      def run(results = [])
        examples.each { |text, body| results << new.run_example("#{path} #{text}", body) }
        groups.each { |group| group.run(results) }
        results
      end
    end

    def run_example(path, body)
      self.class.chain.each { |group| group.hooks[:before].each { |hook| instance_eval(&hook) } }
      body ? instance_eval(&body) : throw(:pending)
      Result.new(path, :ok)
    rescue Failure => error
      Result.new(path, :failed, error.message)
    rescue UncaughtThrowError
      Result.new(path, :pending)
    rescue => error
      Result.new(path, :error, error.class.name)
    ensure
      self.class.chain.reverse_each { |group| group.hooks[:after].each { |hook| instance_eval(&hook) } }
    end

    def expect(value = nil, &block) = Expectation.new(block || value)
  end

  class Expectation
    def initialize(actual) = @actual = actual

    def to(matcher) = matcher.matches?(@actual) || raise(Failure, "expected #{Show.plain(@actual)} to #{matcher}")
    def not_to(matcher) = !matcher.matches?(@actual) || raise(Failure, "expected #{Show.plain(@actual)} not to #{matcher}")
  end

  module Matchers
    def self.define(name, text = name.to_s.tr("_", " "), &test)
      matcher = Class.new do
        define_method(:initialize) { |*args| @args = args }
        define_method(:matches?) { |actual| instance_exec(actual, *@args, &test) }
        define_method(:to_s) { [text, *@args.map { |a| Show.plain(a) }].join(" ") }
      end
      const_set("Match#{name.capitalize}", matcher)
      define_method(name) { |*args| matcher.new(*args) }
    end

    define(:eq, "equal") { |actual, wanted| actual == wanted }
    define(:include_all) { |actual, *wanted| wanted.all? { |w| actual.include?(w) } }
    define(:raise_error) { |actual, type| begin; actual.call; false; rescue type; true; end }

    def method_missing(name, *args)
      return super unless name.start_with?("be_")
      question = :"#{name.to_s.delete_prefix("be_")}?"
      Matchers.define(name) { |actual, *rest| actual.public_send(question, *rest) }
      public_send(name, *args)
    end

    def respond_to_missing?(name, all = false) = name.start_with?("be_") || super
  end

  Group.include(Matchers)
end

Show.title "Specs"
AFTERS = []
Stack = Spec::Group.describe("a stack") do
  let(:items) { [] }
  let(:count) { items.size }
  before { items << :first }
  after { AFTERS << items.size }
  it("has one item") { expect(count).to eq(1) }
  it("is empty") { expect(items).to be_empty }
  it "is thought about later"
  describe "with more" do
    before { items.push(:second, :third) }
    let(:count) { super() * 10 }
    it("overrides") { expect(count).to eq 30 }
    it("includes") { expect(items).to include_all(:first, :fourth) }
    it("raises") { expect { items.fetch(9) }.to raise_error(IndexError) }
    it("asks") { expect(5).to be_between(1, 9) }
    it("breaks") { items.explode }
    it("denies") { expect(nil).not_to be_nil }
  end
end
Stack.run.each { |r| puts "  #{r.status.to_s.ljust(8)}#{r.path}#{": " + r.detail if r.detail}" }
Show.fact "after", AFTERS
Show.fact "nested", [Stack.name, Stack.constants.sort, Stack::WithMore.superclass]
Show.fact "learnt matchers", Spec::Matchers.instance_methods(false).grep(/be_/).sort

at_exit { puts "", "the mirror is put away" }
