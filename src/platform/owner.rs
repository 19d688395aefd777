//! Who owns a file, who may use it, and how many names it has. Where a system does not say, a file
//! is the person's own, closed to others, and has one name.

use std::fs::Metadata;
use std::io;
use std::path::Path;

/// Whether a file or folder belongs to the person who runs this program.
pub fn is_own(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::uid(metadata) == rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    {
        let _ = metadata;
        true
    }
}

/// The number of the person who runs this program; 0 where people have none.
pub fn user_number() -> u32 {
    #[cfg(unix)]
    return rustix::process::getuid().as_raw();
    #[cfg(not(unix))]
    0
}

/// Whether two files belong to the same person.
pub fn have_one_owner(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        one.uid() == other.uid()
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        true
    }
}

/// Whether a file or folder belongs to the superuser, or the superuser asks. The superuser can read
/// every file anyway.
pub fn concerns_superuser(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::uid(metadata) == 0
        || rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// Whether the permissions let anybody but the owner read, write or enter.
pub fn is_open_to_others(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::mode(metadata) & 0o077 != 0;
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// Whether the permissions let anybody but the owner change it.
pub fn is_writable_by_others(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::mode(metadata) & 0o022 != 0;
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// Whether files can be made in a folder, as far as the system says without making one. Errors with
/// the reason if not.
pub fn require_writable_folder(path: &Path) -> io::Result<()> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    #[cfg(unix)]
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)?;
    Ok(())
}

/// Takes away every permission of others. Errors if the system does not allow it.
pub fn close_to_others(path: &Path, metadata: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = metadata.permissions();
        permissions.set_mode(permissions.mode() & 0o7700);
        std::fs::set_permissions(path, permissions)
    }
    #[cfg(not(unix))]
    {
        let _ = (path, metadata);
        Ok(())
    }
}

/// Identifies a file however it is named; `None` where the system has no such number.
pub fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

/// The number of names that a file has.
pub fn names(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata);
    #[cfg(not(unix))]
    {
        let _ = metadata;
        1
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn permissions_of_others_are_taken_away_and_no_more() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("file");
        fs::write(&path, "").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).expect("set");
        let metadata = fs::metadata(&path).expect("there");
        assert!(is_own(&metadata) && is_open_to_others(&metadata));
        close_to_others(&path, &metadata).expect("closed");
        let metadata = fs::metadata(&path).expect("there");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        assert!(!is_open_to_others(&metadata));
    }
}
