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
