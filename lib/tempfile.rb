# SPDX-License-Identifier: MIT
# Tempfile: a file that goes away with the object.
require "delegate"
require "tmpdir"

class Tempfile < DelegateClass(File)
  def initialize(basename = "", tmpdir = nil, mode: 0, **options)
    @unlinked = false
    opened = nil
    Dir::Tmpname.create(basename, tmpdir) do |path|
      opened = File.open(path, mode | File::RDWR | File::CREAT | File::EXCL, 0600, **options)
      @path = path
    end
    super(opened)
    Tempfile.live << @path
  end

  def self.live
    @live ||= [].tap { |paths| at_exit { paths.each { |path| File.unlink(path) if File.exist?(path) } } }
  end

  def self.open(*args, **options)
    file = new(*args, **options)
    return file unless block_given?
    begin
      yield file
    ensure
      file.close
    end
  end

  def self.create(basename = "", tmpdir = nil, mode: 0, anonymous: false, **options)
    opened = nil
    path = Dir::Tmpname.create(basename, tmpdir) do |name|
      opened = File.open(name, mode | File::RDWR | File::CREAT | File::EXCL, 0600, **options)
    end
    return opened unless block_given?
    begin
      yield opened
    ensure
      opened.close unless opened.closed?
      File.unlink(path) if File.exist?(path)
    end
  end

  def open
    close
    __setobj__(File.open(@path, "r+"))
    __getobj__
  end

  def close(unlink_now = false)
    __getobj__.close
    unlink if unlink_now
    nil
  end

  def close! = close(true)

  def unlink
    return if @unlinked
    File.unlink(@path) if File.exist?(@path)
    Tempfile.live.delete(@path)
    @unlinked = true
  end

  alias delete unlink

  def path = @unlinked ? nil : @path

  def size = File.exist?(@path) && !closed? ? __getobj__.size : File.size(@path)

  alias length size

  def inspect = "#<#{self.class}:#{@path}#{" (closed)" if closed?}>"
end
