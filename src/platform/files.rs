//! Files and folders: private from the moment they exist, made at the end of their links, and read
//! only where a read ends.

use std::error::Error;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::platform::links::end_of_links;
use crate::platform::owner::{have_one_owner, is_own};

/// Creates a folder and its missing parents. Only the owner can open them, and they survive a power
/// cut. A folder that exists keeps its permissions, and a link to a folder stays a link.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let path = end_of_links(path)?;
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&path)?;
    // A new folder is an entry in its parent. The topmost parent comes first.
    let parents = missing.iter().rev().filter_map(|folder| folder.parent());
    parents.filter(|parent| !parent.as_os_str().is_empty()).try_for_each(sync_folder)
}

/// Creates a file that only its owner can ever read. Errors if it exists.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the creation, renaming and removal of files in a folder survive a power cut. The folder of
/// a mere name is the working folder.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(if path.as_os_str().is_empty() { Path::new(".") } else { path })?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Whether the failure is that a path is of a folder, a pipe or a device.
pub fn is_not_a_file(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<NotAFile>)
}

/// Opens a file to read it. Errors with `NotAFile` if it is a folder, a pipe or a device: a read
/// of those may wait or go on without end.
pub fn open_file(path: &Path) -> io::Result<File> {
    open_if(OpenOptions::new().read(true), path, Metadata::is_file)
}

/// Opens a file to read it, or a pipe that another program writes to, as a shell makes it of
/// `<(command)`. Errors as [`open_file`].
pub fn open_file_or_pipe(path: &Path) -> io::Result<File> {
    let file = open_if(OpenOptions::new().read(true), path, |metadata| {
        metadata.is_file() || is_pipe(metadata)
    })?;
    // Opened without waiting for a writer; now a read waits for what the writer has to say.
    #[cfg(unix)]
    rustix::fs::fcntl_setfl(&file, rustix::fs::OFlags::empty())?;
    Ok(file)
}

/// Opens a file of one's own to read and change it. Errors as [`open_file`], and if the file is a
/// link or belongs to somebody else than the person and the owner of its folder: anybody may have
/// put it there.
pub fn open_own_file(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, NotAFile));
    }
    let mut options = OpenOptions::new();
    let file = open_if(options.read(true).write(true), path, Metadata::is_file)?;
    let metadata = file.metadata()?;
    // On some disks, all files belong to one user, whoever made them.
    let is_of_folder = || {
        let folder = path.parent().and_then(|folder| fs::metadata(folder).ok());
        folder.is_some_and(|folder| have_one_owner(&metadata, &folder))
    };
    if is_own(&metadata) || is_of_folder() {
        Ok(file)
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// The paths of what is in a folder, in no order; none if there is no folder. Errors if it cannot be
/// read to its end.
pub fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        files => files?.map(|file| Ok(file?.path())).collect(),
    }
}

/// The text of a file. Errors as [`open_file`], with [`TooLarge`] if the file has more than
/// `largest` bytes, and if it is not UTF-8.
pub fn read_text(path: &Path, largest: u64) -> io::Result<String> {
    let mut text = String::new();
    open_file(path)?.take(largest + 1).read_to_string(&mut text)?;
    if text.len() as u64 > largest {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, TooLarge { largest }));
    }
    Ok(text)
}

fn open_if(
    options: &mut OpenOptions,
    path: &Path,
    is_wanted: impl Fn(&Metadata) -> bool,
) -> io::Result<File> {
    let not_a_file = || io::Error::new(io::ErrorKind::InvalidInput, NotAFile);
    // Asked before the opening too: some devices do something when they are opened.
    if !is_wanted(&fs::metadata(path)?) {
        return Err(not_a_file());
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, NONBLOCK);
    let file = options.open(path)?;
    if is_wanted(&file.metadata()?) { Ok(file) } else { Err(not_a_file()) }
}

/// Without it the opening of a pipe waits until another program opens its other end.
#[cfg(unix)]
const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();

fn is_pipe(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type());
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// The path is of a folder, a pipe or a device.
#[derive(Debug)]
pub struct NotAFile;

/// The file has more bytes than are read.
#[derive(Debug)]
pub struct TooLarge {
    pub largest: u64,
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for NotAFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Error for NotAFile {}
impl Error for TooLarge {}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_folder_is_made_at_the_end_of_a_link_and_is_private() {
        let home = tempfile::tempdir().expect("a folder");
        symlink("real/folder", home.path().join("link")).expect("linked");
        let path = home.path().join("link/inner");
        create_private_folder(&path).expect("made");
        assert!(fs::symlink_metadata(home.path().join("link")).expect("there").is_symlink());
        for made in ["real", "real/folder", "real/folder/inner"] {
            let mode = fs::metadata(home.path().join(made)).expect("made").permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused_at_once_and_a_read_has_a_bound() {
        let home = tempfile::tempdir().expect("a folder");
        let pipe = home.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RWXU,
            0,
        )
        .expect("made");
        for path in [home.path(), &pipe, Path::new("/dev/zero"), Path::new("/dev/null")] {
            let refused = read_text(path, 10).expect_err("refused");
            assert!(is_not_a_file(&refused), "{refused}");
            assert!(open_own_file(path).is_err());
        }
        // Nobody writes into the pipe, so it ends at once.
        let mut nothing = Vec::new();
        let mut file = open_file_or_pipe(&pipe).expect("opened");
        assert_eq!(file.read_to_end(&mut nothing).expect("read"), 0);
        let path = home.path().join("file");
        fs::write(&path, "1234567890").expect("written");
        assert_eq!(read_text(&path, 10).expect("read"), "1234567890");
        let refused = read_text(&path, 9).expect_err("refused");
        let why = refused.get_ref().and_then(|why| why.downcast_ref());
        assert!(matches!(why, Some(TooLarge { largest: 9 })), "{refused}");
        symlink(&path, home.path().join("link")).expect("linked");
        assert!(open_own_file(&home.path().join("link")).is_err(), "somebody may have made it");
        assert!(open_own_file(&path).is_ok());
    }
}
