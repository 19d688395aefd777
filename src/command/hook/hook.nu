# dwell for Nushell: today's lesson in the first shell of a day, and completions.
def "nu-complete dwell" [context: string, position: int] {
    # What was typed up to the cursor; of several commands, the last.
    let typed = $context | str substring 0..<$position | split row --regex '[|;({]' | last
    let words = $typed | str trim --left | split row --regex '\s+'
    let offered = with-env { COMPLETE: fish } { ^dwell -- ...$words | complete }
    $offered.stdout | lines | each {|line|
        let parts = $line | split row "\t"
        { value: $parts.0, description: ($parts.1? | default "") }
    }
}

export extern dwell [...arguments: string@"nu-complete dwell"]

if (
    $nu.is-interactive and (is-terminal --stdin) and (is-terminal --stdout)
    and ($env.TERM? | default dumb) != dumb and (which dwell | is-not-empty)
) {
    try { ^dwell hook --greet }
}
