# dwell for zsh: today's lesson at the first prompt of the first shell of a day, and completions.
# Not before the prompt, because themes hold back what is printed until then.
() {
    local dwell_status=$?
    # With set -e, another status would end the shell.
    if [[ -o err_exit ]]; then
        dwell_status=0
    fi
    emulate -L zsh
    if [[ -o interactive && -z ${__dwell_hooked-} ]]; then
        typeset -g __dwell_hooked=1
        typeset -ga precmd_functions
        precmd_functions+=(__dwell_first_prompt)
        __dwell_first_prompt() {
            emulate -L zsh
            precmd_functions=(${precmd_functions:#__dwell_first_prompt})
            unfunction __dwell_first_prompt
            if (( $+functions[compdef] )); then
# COMPLETIONS
            else
                # Loading the completion of zsh takes longer than all else, so TAB does it.
                __dwell_load_completions() {
                    unfunction __dwell_load_completions
                    compctl + dwell
                    eval "$(command dwell completions zsh 2> /dev/null)"
                    reply=()
                }
                compctl -K __dwell_load_completions dwell
            fi
            if [[ -t 0 && -t 1 && ${TERM:-dumb} != dumb && ${__dwell_done_in-} != *,$$,* ]] &&
                whence -p dwell > /dev/null; then
                { command dwell hook --greet || :; } 2> /dev/null
            fi
        }
    fi
    return $dwell_status
}
