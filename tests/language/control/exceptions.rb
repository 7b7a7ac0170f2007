# rescue, else, ensure, retry, cause and re-raising.
def order
  log = []
  begin
    log << :body
    yield log
    log << :after
  rescue ArgumentError, TypeError => e
    log << [:rescue, e.class]
  rescue => e
    log << [:other, e.message]
  else
    log << :else
  ensure
    log << :ensure
  end
  log
end

p order { } # => [:body, :after, :else, :ensure]
p order { raise ArgumentError } # => [:body, [:rescue, ArgumentError], :ensure]
p order { raise TypeError, "t" } # => [:body, [:rescue, TypeError], :ensure]
p order { raise "plain" } # => [:body, [:other, "plain"], :ensure]

tries = 0
begin
  tries += 1
  raise "again" if tries < 3
  p tries # => 3
rescue
  retry
end

def value
  return 1
ensure
  2
end
p value # => 1

def override
  return 1
ensure
  return 2
end
p override # => 2

begin
  begin
    raise "first"
  rescue
    raise TypeError, "second"
  end
rescue => e
  p [e.message, e.cause.message] # => ["second", "first"]
end

p((raise "x" rescue "rescued")) # => "rescued"
p $! # => nil

def from_rescue
  yield
rescue ZeroDivisionError => e
  e.message
end
p from_rescue { 1 / 0 } # => "divided by 0"

class Special < StandardError
  def initialize(msg = "default message") = super
end
begin
  raise Special
rescue Special => e
  p e.message # => "default message"
end
begin
  raise Special, "given"
rescue Special => e
  p e.message # => "given"
end
begin
  raise Special.new("made")
rescue => e
  p e.full_message(highlight: false).include?("made (Special)") # => true
end

matcher = Class.new { def self.===(e) = e.message == "match me" }
begin
  raise "match me"
rescue matcher
  p :matched # => :matched
end

x = [1, 2, 3].each do |v|
  next if v == 1
  break v
ensure
  v
end
p x # => 2

def deep(n) = n == 0 ? raise("deep") : deep(n - 1)
begin
  deep(3)
rescue => e
  p e.backtrace.length # => 5
end

def endless = endless
begin
  endless
rescue SystemStackError => e
  p e.class # => SystemStackError
end
