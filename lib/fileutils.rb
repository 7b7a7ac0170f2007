# SPDX-License-Identifier: MIT
# FileUtils: files and directories as shell commands handle them.
module FileUtils
  module_function

  def pwd = Dir.pwd

  alias getwd pwd
  module_function :getwd

  def cd(dir, verbose: nil, &block)
    __say("cd #{dir}") if verbose
    Dir.chdir(dir, &block)
  end

  alias chdir cd
  module_function :chdir

  def mkdir(list, mode: nil, noop: nil, verbose: nil)
    __paths(list).each do |path|
      __say("mkdir #{path}") if verbose
      mode ? Dir.mkdir(path, mode) : Dir.mkdir(path) unless noop
    end
  end

  def mkdir_p(list, mode: nil, noop: nil, verbose: nil)
    __paths(list).each do |path|
      __say("mkdir -p #{path}") if verbose
      __make_path(path, mode) unless noop
    end
    list
  end

  alias makedirs mkdir_p
  alias mkpath mkdir_p
  module_function :makedirs, :mkpath

  def rmdir(list, parents: nil, noop: nil, verbose: nil)
    __paths(list).each do |path|
      __say("rmdir #{path}") if verbose
      Dir.rmdir(path) unless noop
    end
  end

  def touch(list, noop: nil, verbose: nil, mtime: nil, nocreate: nil)
    __paths(list).each do |path|
      __say("touch #{path}") if verbose
      next if noop
      File.open(path, "a") {} unless File.exist?(path) || nocreate
      File.utime(mtime, mtime, path) if File.exist?(path)
    end
  end

  def rm(list, force: nil, noop: nil, verbose: nil)
    __paths(list).each do |path|
      __say("rm #{path}") if verbose
      __try(force) { File.unlink(path) } unless noop
    end
  end

  alias remove rm
  module_function :remove

  def rm_f(list, noop: nil, verbose: nil) = rm(list, force: true, noop: noop, verbose: verbose)

  alias safe_unlink rm_f
  module_function :safe_unlink

  def rm_r(list, force: nil, noop: nil, verbose: nil, secure: nil)
    __paths(list).each do |path|
      __say("rm -r #{path}") if verbose
      remove_entry(path, force) unless noop
    end
  end

  def rm_rf(list, noop: nil, verbose: nil, secure: nil) = rm_r(list, force: true, noop: noop, verbose: verbose)

  alias rmtree rm_rf
  module_function :rmtree

  def remove_entry(path, force = false)
    __try(force) do
      if File.directory?(path) && !File.symlink?(path)
        Dir.children(path).each { |name| remove_entry(File.join(path, name), force) }
        Dir.rmdir(path)
      else
        File.unlink(path)
      end
    end
  end

  alias remove_entry_secure remove_entry
  alias remove_dir remove_entry
  alias remove_file remove_entry
  module_function :remove_entry_secure, :remove_dir, :remove_file

  def cp(source, target, preserve: nil, noop: nil, verbose: nil)
    __each_target(source, target) do |from, to|
      __say("cp #{from} #{to}") if verbose
      copy_file(from, to, preserve) unless noop
    end
  end

  alias copy cp
  module_function :copy

  def copy_file(from, to, preserve = false, _dereference = true)
    File.open(from, "rb") do |input|
      File.open(to, "wb", input.stat.mode & 0777) { |output| IO.copy_stream(input, output) }
    end
    return unless preserve
    stat = File.stat(from)
    File.utime(stat.atime, stat.mtime, to)
    File.chmod(stat.mode, to)
  end

  def cp_r(source, target, preserve: nil, noop: nil, verbose: nil, remove_destination: nil, dereference_root: true)
    __each_target(source, target) do |from, to|
      __say("cp -r #{from} #{to}") if verbose
      copy_entry(from, to, preserve) unless noop
    end
  end

  def copy_entry(from, to, preserve = false, _dereference = false, _remove = false)
    if File.symlink?(from)
      File.symlink(File.readlink(from), to)
    elsif File.directory?(from)
      Dir.mkdir(to) unless File.directory?(to)
      Dir.children(from).each { |name| copy_entry(File.join(from, name), File.join(to, name), preserve) }
    else
      copy_file(from, to, preserve)
    end
  end

  def mv(source, target, force: nil, noop: nil, verbose: nil, secure: nil)
    __each_target(source, target) do |from, to|
      __say("mv #{from} #{to}") if verbose
      next if noop
      begin
        File.rename(from, to)
      rescue Errno::EXDEV
        copy_entry(from, to, true)
        remove_entry(from)
      end
    end
  end

  alias move mv
  module_function :move

  def ln(source, target, force: nil, noop: nil, verbose: nil)
    __each_target(source, target) do |from, to|
      next if noop
      File.unlink(to) if force && File.exist?(to)
      File.link(from, to)
    end
  end

  alias link ln
  module_function :link

  def ln_s(source, target, force: nil, noop: nil, verbose: nil, relative: nil)
    __each_target(source, target) do |from, to|
      next if noop
      File.unlink(to) if force && (File.exist?(to) || File.symlink?(to))
      File.symlink(from, to)
    end
  end

  alias symlink ln_s
  module_function :symlink

  def ln_sf(source, target, **options) = ln_s(source, target, force: true, **options)

  def install(source, target, mode: nil, preserve: nil, **)
    __each_target(source, target) do |from, to|
      copy_file(from, to, preserve)
      File.chmod(mode, to) if mode
    end
  end

  def chmod(mode, list, noop: nil, verbose: nil)
    __paths(list).each { |path| File.chmod(mode, path) unless noop }
  end

  def chmod_R(mode, list, **)
    __paths(list).each do |path|
      Dir.children(path).each { |name| chmod_R(mode, File.join(path, name)) } if File.directory?(path)
      File.chmod(mode, path)
    end
  end

  def compare_file(one, other) = File.size(one) == File.size(other) && File.binread(one) == File.binread(other)

  alias cmp compare_file
  alias identical? compare_file
  module_function :cmp, :identical?

  def uptodate?(new, olds)
    return false unless File.exist?(new)
    olds.none? { |old| File.exist?(old) && File.mtime(old) > File.mtime(new) }
  end

  def __paths(list) = [list].flatten.map { |path| File.path(path) }

  def __say(text) = $stderr.puts(text)

  def __try(force)
    yield
  rescue SystemCallError
    raise unless force
  end

  def __make_path(path, mode)
    return if File.directory?(path)
    parent = File.dirname(path)
    __make_path(parent, mode) unless parent == path
    mode ? Dir.mkdir(path, mode) : Dir.mkdir(path)
  rescue Errno::EEXIST
    raise unless File.directory?(path)
  end

  # Pairs of a source and where it goes: into the target when that is a directory.
  def __each_target(source, target)
    target = File.path(target)
    if source.is_a?(Array)
      __paths(source).each { |from| yield from, File.join(target, File.basename(from)) }
    else
      from = File.path(source)
      yield from, File.directory?(target) ? File.join(target, File.basename(from)) : target
    end
  end
end
