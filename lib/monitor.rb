# SPDX-License-Identifier: MIT
# Monitor: a lock that the thread that holds it may take again.
class Monitor
  def initialize
    @mutex = Thread::Mutex.new
    @count = 0
  end

  def try_enter
    return false unless @mutex.owned? || @mutex.try_lock
    @count += 1
    true
  end

  def enter
    @mutex.lock unless @mutex.owned?
    @count += 1
    nil
  end

  def exit
    mon_check_owner
    @count -= 1
    @mutex.unlock if @count == 0
    nil
  end

  def synchronize
    enter
    begin
      yield
    ensure
      self.exit
    end
  end

  def mon_locked? = @mutex.locked?

  def mon_owned? = @mutex.owned?

  def mon_check_owner
    raise ThreadError, "current thread not owner" unless @mutex.owned?
  end

  def new_cond = MonitorMixin::ConditionVariable.new(self)

  # Give the lock up while waiting for a condition.
  def wait_for_cond(condition, timeout)
    count = @count
    @count = 0
    begin
      condition.wait(@mutex, timeout)
    ensure
      @count = count
    end
    true
  end

  alias try_mon_enter try_enter
  alias mon_try_enter try_enter
  alias mon_enter enter
  alias mon_exit exit
  alias mon_synchronize synchronize
end

module MonitorMixin
  class ConditionVariable
    def initialize(monitor)
      @monitor = monitor
      @condition = Thread::ConditionVariable.new
    end

    def wait(timeout = nil)
      @monitor.mon_check_owner
      @monitor.wait_for_cond(@condition, timeout)
    end

    def wait_while
      wait while yield
    end

    def wait_until
      wait until yield
    end

    def signal
      @monitor.mon_check_owner
      @condition.signal
    end

    def broadcast
      @monitor.mon_check_owner
      @condition.broadcast
    end
  end

  def self.extend_object(object)
    super
    object.__send__(:mon_initialize)
  end

  def initialize(...)
    super
    mon_initialize
  end

  def mon_try_enter = @mon_data.try_enter

  def mon_enter = @mon_data.enter

  def mon_exit = @mon_data.exit

  def mon_locked? = @mon_data.mon_locked?

  def mon_owned? = @mon_data.mon_owned?

  def mon_synchronize(&block) = @mon_data.synchronize(&block)

  alias synchronize mon_synchronize
  alias try_mon_enter mon_try_enter

  def new_cond = @mon_data.new_cond

  private

  def mon_initialize
    @mon_data = ::Monitor.new
  end
end
