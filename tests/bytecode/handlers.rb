# rescue, ensure, retry and leaving a loop through an ensure.
while true
  begin
    work
  rescue TypeError => error
    retry
  else
    done
  ensure
    close
  end
  begin
    break 1
  ensure
    leave
  end
end
