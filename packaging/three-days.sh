#!/bin/sh
# Lives three days with an installed dwell, and fails at the first thing that is not as it should
# be. packaging/try runs it on a bare Debian.
#
#   three-days.sh PREFIX            the days
#   three-days.sh --after PREFIX    after dwell was uninstalled: the words are there
set -eu

fail() {
    printf 'three-days.sh: %s\n' "$*" >&2
    exit 1
}

# Whether what a command says has these words.
says() {
    words=$1
    shift
    text=$("$@" 2>&1) || fail "failed: $*: $text"
    case $text in
    *"$words"*) ;;
    *) fail "$* does not say '$words': $text" ;;
    esac
}

if [ "$1" = --after ]; then
    ! command -v dwell || fail 'dwell is still there'
    left=$(find "$2/bin" "$2/share" -name '*dwell*' ! -path "$HOME/.local/share/dwell*" 2>/dev/null)
    [ -z "$left" ] || fail "not uninstalled: $left"
    grep -q 'Mending bicycles' "$HOME/.local/share/dwell/journal.db" ||
        fail 'the journal is gone'
    echo 'uninstalled, and the journal is there'
    exit
fi
prefix=$1
PATH=$prefix/bin:$PATH
export PATH DWELL_NOW
for missing in cargo rustc gcc cc; do
    ! command -v $missing || fail "$missing is here, so this is no bare system"
done

DWELL_NOW=2026-11-22T07:00:00+01:00
says "Don't put all your eggs in one basket" dwell today
says 'saved 2026-11-22' dwell write 'Mending bicycles. Three friends have asked. #work' \
    --next 'call Anna'
says 'Mending bicycles' dwell today

DWELL_NOW=2026-11-23T07:00:00+01:00
says '○' dwell status
says 'call Anna' dwell today
says "Your background doesn't set your level" dwell today
says 'she laughed' dwell step 'done' 'she laughed'
printf 'Words through a pipe' | dwell write
says 'Words through a pipe' dwell show
says '●' dwell status

DWELL_NOW=2026-11-24T22:00:00+01:00
says 'Chase what you love' dwell
says 'Mending' dwell search bicycles
says '#work' dwell log --tag work
says 'Week of 23' dwell review week
says '"entries"' dwell stats --json
[ "$(stat -c %a "$HOME/.local/share/dwell/journal.db")" = 600 ] || fail 'the journal is open'

# The manual, as man finds it.
for page in dwell dwell-step-add dwell-import-tui-journal; do
    path=$(MANPATH=$prefix/share/man man -w "$page") || fail "no page: $page"
    says NAME man "$path"
done
# Completions, as bash finds them.
# shellcheck disable=SC2016
says today bash -c '
    export XDG_DATA_HOME=$HOME/.local/share
    . /usr/share/bash-completion/bash_completion
    _completion_loader dwell
    COMP_WORDS=(dwell tod) COMP_CWORD=1 COMP_LINE="dwell tod" COMP_POINT=9 COMP_TYPE=9
    function_of=$(complete -p dwell | sed "s/.*-F \([^ ]*\).*/\1/")
    $function_of dwell tod dwell
    echo "${COMPREPLY[@]}"'
for file in share/fish/vendor_completions.d/dwell.fish share/elvish/lib/dwell.elv \
    share/doc/dwell/completions/dwell.ps1 share/doc/dwell/README.md share/doc/dwell/uninstall.md \
    share/doc/dwell/LICENSE-MIT share/doc/dwell/LICENSES-OF-OTHERS.txt; do
    [ -s "$prefix/$file" ] || [ -s "$prefix/$file.gz" ] || fail "$file is missing"
done
[ -s "$prefix/share/zsh/site-functions/_dwell" ] ||
    [ -s "$prefix/share/zsh/vendor-completions/_dwell" ] || fail 'no completions for zsh'
echo 'three days went by'
