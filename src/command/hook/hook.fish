# dwell for fish: today's lesson at the first prompt of the first shell of a day, and completions.
set -l __dwell_status $status
if status is-interactive; and not set -q __dwell_hooked
    set -g __dwell_hooked 1
# COMPLETIONS
    function __dwell_first_prompt --on-event fish_prompt
        functions --erase __dwell_first_prompt
        if test -t 0; and test -t 1; and test -n "$TERM"; and test "$TERM" != dumb
            and not contains $fish_pid $__dwell_done_in; and command -q dwell
            command dwell hook --greet 2>/dev/null
        end
    end
end
return $__dwell_status
