# dwell for bash: today's lesson in the first shell of a day, and completions.
__dwell_status=$?
__dwell_hook() {
    local dwell_status=$__dwell_status
    unset -v __dwell_status
    unset -f __dwell_hook
    if [[ $- == *i* && -z ${__dwell_hooked-} ]]; then
        __dwell_hooked=1
# COMPLETIONS
        # Only where a person sees it, and not in bash -i -c.
        if [[ -t 0 && -t 1 && ${TERM:-dumb} != dumb && -z ${BASH_EXECUTION_STRING+set} &&
            ${__dwell_done_in-} != *",$$,"* ]] &&
            builtin type -P dwell > /dev/null; then
            { builtin command dwell hook --greet || :; } 2> /dev/null
        fi
    fi
    # With set -e, another status would end the shell.
    if [[ $- == *e* ]]; then
        return 0
    fi
    return "$dwell_status"
}
__dwell_hook
