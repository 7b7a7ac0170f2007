# SPDX-License-Identifier: MIT
# Dir.tmpdir and Dir.mktmpdir.
require "fileutils"

class Dir
  def self.tmpdir
    [ENV["TMPDIR"], ENV["TMP"], ENV["TEMP"], "/tmp", "."].compact.find do |dir|
      !dir.empty? && File.directory?(dir) && File.writable?(dir)
    end.then { |dir| File.expand_path(dir) }
  end

  def self.mktmpdir(prefix_suffix = nil, *rest, **options)
    base = rest.first || tmpdir
    path = Dir::Tmpname.create(prefix_suffix || "d", base, **options) { |name| mkdir(name, 0700) }
    return path unless block_given?
    begin
      yield path.dup
    ensure
      FileUtils.remove_entry(path) if File.exist?(path)
    end
  end

  # Names that nobody uses.
  module Tmpname
    def self.create(basename, tmpdir = nil, max_try: nil, **options)
      tmpdir ||= Dir.tmpdir
      prefix, suffix = basename
      tries = 0
      begin
        stamp = Time.now.strftime("%Y%m%d")
        path = File.join(tmpdir, "#{prefix}#{stamp}-#{$$}-#{rand(0x100000000).to_s(36)}#{suffix}")
        yield(path, tries, options)
      rescue Errno::EEXIST
        tries += 1
        retry if tries < (max_try || 100)
        raise
      end
      path
    end
  end
end
