//! Editors of the family of vim, which keep copies of a text in other files unless they are told not
//! to: swap files, undo files, backups, and what was yanked.

use std::fs;
use std::path::Path;

/// What tells them: no swap file, no file of what was yanked and searched, and no other copy. A
/// setting that a small vim does not have is passed over.
pub(super) const LEAVES_NOTHING: [&str; 5] =
    ["-n", "-i", "NONE", "-c", "silent! set nobackup nowritebackup noundofile"];

/// Programs that start the one that is named after them.
const STARTERS: [&str; 6] = ["command", "env", "exec", "nice", "nohup", "setsid"];

/// Where a system has its programs.
const FOLDERS: [&str; 4] = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/// Whether a command starts an editor that takes these options.
pub(super) fn is_vim(command: &str) -> bool {
    let words = shell_words::split(command).unwrap_or_default();
    let program = words.iter().find(|word| {
        let is_variable = word.contains('=') && !word.starts_with(['/', '.', '~']);
        !is_variable && !word.starts_with('-') && !STARTERS.contains(&name(word))
    });
    let Some(program) = program else { return false };
    match name(program) {
        // Of these names there are also other editors, which do not take the options.
        "vi" | "view" | "ex" => leads_to_vim(program),
        name => is_name(name),
    }
}

fn is_name(name: &str) -> bool {
    let name = name.strip_suffix(".exe").unwrap_or(name);
    ["vim", "nvim", "gvim", "mvim", "vimx", "gview", "rvim", "rview"].contains(&name)
        || name.strip_prefix("vim.").is_some()
}

fn leads_to_vim(program: &str) -> bool {
    let real = |path: &Path| {
        let real = fs::canonicalize(path).ok()?;
        Some(is_name(&real.file_name()?.to_string_lossy()))
    };
    if program.contains('/') {
        return real(Path::new(program)).unwrap_or(false);
    }
    let found = FOLDERS.iter().find_map(|folder| real(&Path::new(folder).join(program)));
    found.unwrap_or(false)
}

fn name(word: &str) -> &str {
    Path::new(word).file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_of_this_family_is_known_by_its_name_wherever_it_stands() {
        for command in [
            "vim",
            "nvim -f",
            "/usr/bin/vim.basic",
            "env LANG=C nvim",
            "EDITOR=x vim -u NONE",
            "nice -n gvim -f",
            "'/opt/my editors/vim' -f",
        ] {
            assert!(is_vim(command), "{command}");
        }
        for command in ["nano", "emacsclient -a vim", "code --wait", "", "vim 'x", "myvim", "ed"] {
            assert!(!is_vim(command), "{command}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_vi_is_one_of_them_only_if_it_leads_to_one() {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| home.path().join(name);
        for (folder, real) in [("a", "vim.tiny"), ("b", "nvi")] {
            fs::create_dir(at(folder)).expect("made");
            fs::write(at(folder).join(real), "").expect("written");
            std::os::unix::fs::symlink(real, at(folder).join("vi")).expect("linked");
        }
        assert!(is_vim(&at("a/vi").display().to_string()));
        assert!(!is_vim(&at("b/vi").display().to_string()));
    }
}
