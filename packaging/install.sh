#!/bin/sh
# Installs dwell from an archive of a release. The archive's SHA-256 is checked before anything
# is unpacked or put in place.
#
#   sh install.sh [--prefix FOLDER] [--from ADDRESS] [--uninstall]
#
# FOLDER is ~/.local unless it is named. ADDRESS is an https:// or file:// address, or a folder,
# that has the archives and their SHA256SUMS. DWELL_PREFIX and DWELL_FROM say the same.
# --uninstall removes what was installed, and no word that you wrote.
set -eu

# Where the releases are. packaging/build writes it into the copy that comes with a release.
address=''

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
    exit 1
}

usage() {
    cat <<'TEXT'
Installs dwell, after its SHA-256 was checked.

  sh install.sh [--prefix FOLDER] [--from ADDRESS] [--uninstall]

--prefix FOLDER  where to: FOLDER/bin, FOLDER/share (~/.local; or DWELL_PREFIX)
--from ADDRESS   an https:// or file:// address or a folder with the archives (or DWELL_FROM)
--uninstall      removes what this script installed there; your journal stays
TEXT
}

has() { command -v "$1" >/dev/null 2>&1; }

# The part of an archive's name that says which machines it is for.
system_name() {
    case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=macos ;;
    *) fail "there is no archive for $(uname -s)" 'with Rust: cargo install --locked dwell' ;;
    esac
    case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no archive for $(uname -m)" 'with Rust: cargo install --locked dwell' ;;
    esac
    printf '%s-%s\n' "$machine" "$os"
}

# Brings a file of the release into the temporary folder.
fetch() {
    case $from in
    https://*)
        if has curl; then
            curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location \
                --output "$work/$1" "$from/$1"
        elif has wget; then
            wget --quiet --output-document="$work/$1" "$from/$1"
        else
            fail 'curl or wget is needed to download' 'install one of them, and run this again'
        fi ;;
    file://*) cp -- "${from#file://}/$1" "$work/$1" ;;
    *://*) fail "$from is neither https:// nor file://" 'name another place with --from' ;;
    *) cp -- "$from/$1" "$work/$1" ;;
    esac || fail "$1 could not be fetched from $from" 'nothing was installed'
}

sha256_of() {
    if has sha256sum; then
        sha256sum <"$1"
    elif has shasum; then
        shasum -a 256 <"$1"
    elif has openssl; then
        openssl dgst -sha256 -r <"$1"
    else
        fail 'no program can check the SHA-256, so nothing was installed' \
            'install sha256sum, shasum or openssl'
    fi | cut -d ' ' -f 1
}

# Ends the script unless the archive is the one that the release names.
check() {
    wanted=$(awk -v name="$1" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
    case $wanted in
    '' | *[!0-9a-f]*) fail "SHA256SUMS does not name $1 once" 'nothing was installed' ;;
    esac
    found=$(sha256_of "$work/$1")
    [ "$wanted" = "$found" ] || fail "$1 is not the file that the release names
  its SHA-256 is   $found
  it ought to be   $wanted" 'nothing was installed; download it again'
}

# Puts a file in its place at one stroke, so that a program that runs is not cut off.
put() {
    mkdir -p -- "$prefix/$(dirname -- "$1")"
    cp -- "$2" "$prefix/$1.new"
    chmod "$3" "$prefix/$1.new"
    mv -f -- "$prefix/$1.new" "$prefix/$1"
}

remove() {
    rm -f -- "$prefix/$1"
}

# The list of what is installed in a prefix.
list=share/doc/dwell/installed-files

install() {
    [ -n "$from" ] || fail 'this copy of the script does not know where the releases are' \
        'name the place: sh install.sh --from ADDRESS'
    archive=dwell-$(system_name).tar.gz
    fetch SHA256SUMS
    fetch "$archive"
    check "$archive"
    mkdir "$work/new"
    tar -xzf "$work/$archive" -C "$work/new" --strip-components 1
    (cd "$work/new" && find . -type f | sed 's|^\./||' | LC_ALL=C sort) >"$work/files"
    : >"$work/before"
    [ ! -f "$prefix/$list" ] || cp -- "$prefix/$list" "$work/before"
    LC_ALL=C sort -u "$work/files" "$work/before" >"$work/all"
    put "$list" "$work/all" 644
    while IFS= read -r file; do
        case $file in
        bin/*) put "$file" "$work/new/$file" 755 ;;
        *) put "$file" "$work/new/$file" 644 ;;
        esac
    done <"$work/files"
    # What an earlier release had, and this one does not.
    LC_ALL=C comm -13 "$work/files" "$work/before" >"$work/gone"
    while IFS= read -r file; do remove "$file"; done <"$work/gone"
    put "$list" "$work/files" 644
    version=$("$prefix/bin/dwell" --version) ||
        fail "$prefix/bin/dwell was installed, and does not run here"
    printf '%s is installed: %s\n' "$version" "$prefix/bin/dwell"
    printf 'The manual and completions for bash, zsh and fish are in %s/share.\n' "$prefix"
    case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) printf 'Your shell does not look in %s/bin yet; add it to PATH.\n' "$prefix" ;;
    esac
    printf "To uninstall: sh '%s/share/doc/dwell/install.sh' --uninstall --prefix '%s'\n" \
        "$prefix" "$prefix"
}

uninstall() {
    [ -f "$prefix/$list" ] || fail "this script installed nothing in $prefix" \
        'name the place with --prefix, or remove dwell as you installed it'
    cp -- "$prefix/$list" "$work/files"
    while IFS= read -r file; do remove "$file"; done <"$work/files"
    remove "$list"
    # Only folders that are empty now.
    find "$prefix/share/doc/dwell" -depth -type d -exec rmdir {} \; 2>/dev/null || true
    printf 'dwell is no longer in %s. Your journal stays where it is.\n' "$prefix"
}

main() {
    prefix=${DWELL_PREFIX:-${HOME:+$HOME/.local}}
    from=${DWELL_FROM:-$address}
    verb=install
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix | --from)
            [ $# -ge 2 ] || fail "$1 needs a value" 'sh install.sh --help'
            if [ "$1" = --prefix ]; then prefix=$2; else from=$2; fi
            shift ;;
        --prefix=*) prefix=${1#*=} ;;
        --from=*) from=${1#*=} ;;
        --uninstall) verb=uninstall ;;
        -h | --help) usage; return ;;
        *) fail "unknown argument: $1" 'sh install.sh --help' ;;
        esac
        shift
    done
    prefix=${prefix%/}
    [ -n "$prefix" ] || fail 'HOME is not set' 'name the place with --prefix'
    case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
    esac
    umask 022
    work=$(mktemp -d)
    trap 'rm -rf -- "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    "$verb"
}

# The last line, so that a script which was cut off does nothing.
main "$@"
