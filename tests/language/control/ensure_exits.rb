# SPDX-License-Identifier: MIT
# ensure with every way out of it, nested three deep and mixed with loops, blocks and methods.
$log = []
def log(x) = ($log << x; x)
def logged
  $log.clear
  r = begin
    yield
  rescue => e
    [:raised, e.message]
  end
  [r, *$log]
end

# One method per way out: the same three nested ensures inside a loop inside a block.
EXITS = %i[normal next break redo return throw raise retry fail_again].freeze
def three_deep(exit)
  rounds = 0
  catch(:tag) do
    [1, 2].each do |x|
      begin
        log [:try, x]
        begin
          begin
            rounds += 1
            case exit
            when :next then next if x == 1
            when :break then break :broken
            when :redo then redo if rounds == 1
            when :return then return :returned
            when :throw then throw :tag, :thrown
            when :raise, :retry, :fail_again then raise "out #{rounds}" if rounds < 3
            end
          ensure
            log :e3
          end
        ensure
          log :e2
        end
      rescue => e
        log e.message
        retry if exit == :retry
        raise if exit == :fail_again
      else
        log :else
      ensure
        log :e1
      end
      log :after
    end
  end
end
EXITS.each { |exit| p [exit, logged { three_deep(exit) }] }
# => [:normal, [[1, 2], [:try, 1], :e3, :e2, :else, :e1, :after, [:try, 2], :e3, :e2, :else, :e1, :after]]
# => [:next, [[1, 2], [:try, 1], :e3, :e2, :e1, [:try, 2], :e3, :e2, :else, :e1, :after]]
# => [:break, [:broken, [:try, 1], :e3, :e2, :e1]]
# => [:redo, [[1, 2], [:try, 1], :e3, :e2, :e1, [:try, 1], :e3, :e2, :else, :e1, :after, [:try, 2], :e3, :e2, :else, :e1, :after]]
# => [:return, [:returned, [:try, 1], :e3, :e2, :e1]]
# => [:throw, [:thrown, [:try, 1], :e3, :e2, :e1]]
# => [:raise, [[1, 2], [:try, 1], :e3, :e2, "out 1", :e1, :after, [:try, 2], :e3, :e2, "out 2", :e1, :after]]
# => [:retry, [[1, 2], [:try, 1], :e3, :e2, "out 1", [:try, 1], :e3, :e2, "out 2", [:try, 1], :e3, :e2, :else, :e1, :after, [:try, 2], :e3, :e2, :else, :e1, :after]]
# => [:fail_again, [[:raised, "out 1"], [:try, 1], :e3, :e2, "out 1", :e1]]

# The same with a while loop, whose jumps stay inside the frame.
def three_in_while(exit)
  rounds = 0
  result = while rounds < 3
    rounds += 1
    begin
      begin
        begin
          case exit
          when :next then next
          when :break then break :broken
          when :redo then redo if rounds == 1
          when :return then return :returned
          when :raise, :retry, :fail_again then raise "out #{rounds}" if rounds == 1
          end
          log :body
        ensure
          log :e3
        end
      rescue ArgumentError
        log :never
      ensure
        log :e2
      end
    rescue => e
      log e.message
      (rounds += 1; retry) if exit == :retry
      raise if exit == :fail_again
    ensure
      log [:e1, rounds]
    end
  end
  [result, rounds]
end
(EXITS - [:throw]).each { |exit| p [exit, logged { three_in_while(exit) }] }
# => [:normal, [[nil, 3], :body, :e3, :e2, [:e1, 1], :body, :e3, :e2, [:e1, 2], :body, :e3, :e2, [:e1, 3]]]
# => [:next, [[nil, 3], :e3, :e2, [:e1, 1], :e3, :e2, [:e1, 2], :e3, :e2, [:e1, 3]]]
# => [:break, [[:broken, 1], :e3, :e2, [:e1, 1]]]
# => [:redo, [[nil, 3], :e3, :e2, [:e1, 1], :body, :e3, :e2, [:e1, 2], :body, :e3, :e2, [:e1, 3]]]
# => [:return, [:returned, :e3, :e2, [:e1, 1]]]
# => [:raise, [[nil, 3], :e3, :e2, "out 1", [:e1, 1], :body, :e3, :e2, [:e1, 2], :body, :e3, :e2, [:e1, 3]]]
# => [:retry, [[nil, 3], :e3, :e2, "out 1", :body, :e3, :e2, [:e1, 2], :body, :e3, :e2, [:e1, 3]]]
# => [:fail_again, [[:raised, "out 1"], :e3, :e2, "out 1", [:e1, 1]]]
