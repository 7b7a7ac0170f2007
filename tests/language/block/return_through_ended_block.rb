# A return ends the method that its block was written in, even when a block between has ended.
def later(&block) = @later = block

def once
  yield
end

def start
  once { once { later { return :returned } } }
  @later.call
  :not_reached
end
puts start                            # => returned

def orphan = proc { return 1 }
begin
  orphan.call
rescue LocalJumpError => e
  puts e.message                      # => unexpected return
end

# A return in `class << self` ends the method around it; in a block in a class body it ends nothing.
def singleton_body
  class << self
    return :inner
  end
  :outer
end
puts singleton_body                   # => inner
begin
  class Holder
    [1].each { return }
  end
rescue LocalJumpError => e
  puts e.message                      # => unexpected return
end
