# SPDX-License-Identifier: MIT
# Timeout: a time limit for a block, kept by a thread that raises in the one that waits.
module Timeout
  VERSION = "0.4.3"

  class ExitException < Exception; end

  class Error < RuntimeError
    def self.handle_timeout(message) = raise(self, message)
  end

  module_function

  def timeout(seconds, error = nil, message = nil)
    return yield(seconds) if seconds.nil? || seconds == 0
    raise ArgumentError, "Timeout sec must be a non-negative number" if seconds < 0
    message ||= "execution expired"
    waiting = Thread.current
    expired = Class.new(ExitException)
    watch = Thread.new do
      sleep seconds
      waiting.raise(error || expired, message)
    end
    begin
      Thread.pass # so that it sleeps from now on
      yield seconds
    rescue expired
      raise Error, message
    ensure
      watch.kill
    end
  end
end
