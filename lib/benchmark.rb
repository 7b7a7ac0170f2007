# SPDX-License-Identifier: MIT
# Benchmark: how long code takes.
module Benchmark
  CAPTION = "      user     system      total        real\n"
  FORMAT = "%10.6u %10.6y %10.6t %10.6r\n"

  # Times of one measurement, in seconds.
  class Tms
    attr_reader :utime, :stime, :cutime, :cstime, :real, :total, :label

    def initialize(utime = 0.0, stime = 0.0, cutime = 0.0, cstime = 0.0, real = 0.0, label = nil)
      @utime = utime
      @stime = stime
      @cutime = cutime
      @cstime = cstime
      @real = real
      @label = label.to_s
      @total = utime + stime + cutime + cstime
    end

    def +(other)
      Tms.new(utime + other.utime, stime + other.stime, cutime + other.cutime, cstime + other.cstime, real + other.real, label)
    end

    def format(_format = nil) = "%10.6f %10.6f %10.6f (%10.6f)\n" % [utime, stime, total, real]

    alias to_s format

    def to_a = [label, utime, stime, cutime, cstime, real]
  end

  # What the block of bm and bmbm gets.
  class Report
    attr_reader :list

    def initialize(width)
      @width = width
      @list = []
    end

    def report(label = "", &block)
      print label.to_s.ljust(@width)
      result = Benchmark.measure(label, &block)
      print result.format
      @list << result
      result
    end

    alias item report
  end

  module_function

  def measure(label = "")
    before = Process.times
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    yield
    real = Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
    after = Process.times
    Tms.new(after.utime - before.utime, after.stime - before.stime, after.cutime - before.cutime,
            after.cstime - before.cstime, real, label)
  end

  def realtime
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    yield
    Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
  end

  def bm(width = 0)
    puts " " * width + CAPTION
    report = Report.new(width)
    yield report
    report.list
  end

  alias benchmark bm
  module_function :benchmark

  def bmbm(width = 0, &block)
    bm(width, &block)
    bm(width, &block)
  end
end
