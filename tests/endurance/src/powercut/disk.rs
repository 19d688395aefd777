//! A disk on which the power can go: what was synced is there, and of what was not, any part may be:
//! each sector kept, dropped or torn, and the last entries of each folder dropped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::record::{Deed, Tree};
use crate::dice::Dice;

/// A sector, which a disk writes from its beginning on.
const SECTOR: usize = 512;

/// A change of the bytes of a file that is not durable yet; a write is within one sector.
#[derive(Debug, Clone)]
enum Piece {
    Write { at: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// The bytes of a file.
#[derive(Debug, Clone, Default)]
struct Content {
    durable: Vec<u8>,
    pending: Vec<Piece>,
}

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    /// A file, by its number.
    File(usize),
}

/// A change of a folder that is not durable yet.
#[derive(Debug, Clone)]
struct Change {
    /// The folders whose sync makes it durable; a rename is in two.
    folders: Vec<PathBuf>,
    remove: Option<PathBuf>,
    add: Option<(PathBuf, Node)>,
}

/// The disk after some deeds.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    contents: Vec<Content>,
    /// The names, as the program sees them.
    names: BTreeMap<PathBuf, Node>,
    /// The names that are there after a power cut.
    durable: BTreeMap<PathBuf, Node>,
    changes: Vec<Change>,
    /// How many changes were acknowledged.
    pub acknowledged: usize,
}

fn parent(path: &Path) -> PathBuf {
    path.parent().expect("below the home").to_owned()
}

fn apply(bytes: &mut Vec<u8>, piece: &Piece) {
    match piece {
        Piece::Truncate(length) => bytes.resize(*length, 0),
        Piece::Write { at, bytes: new } => {
            let end = at + new.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*at..end].copy_from_slice(new);
        }
    }
}

impl Disk {
    /// A disk with these files, all of them durable.
    pub fn new(tree: &Tree) -> Self {
        let mut disk = Self::default();
        for folder in &tree.folders {
            disk.names.insert(folder.clone(), Node::Folder);
        }
        for (path, bytes) in &tree.files {
            disk.names.insert(path.clone(), Node::File(disk.contents.len()));
            disk.contents.push(Content { durable: bytes.clone(), pending: Vec::new() });
        }
        disk.durable = disk.names.clone();
        disk
    }

    /// Does what the program did. A deed that could not be done, such as the removal of a file that
    /// is not there, changes nothing.
    pub fn run(&mut self, deed: &Deed) {
        match deed {
            Deed::Create(path) if !self.names.contains_key(path) => {
                self.contents.push(Content::default());
                self.put(path, Node::File(self.contents.len() - 1));
            }
            Deed::MakeFolder(path) if !self.names.contains_key(path) => {
                self.put(path, Node::Folder);
            }
            Deed::Link(from, to) if !self.names.contains_key(to) => {
                if let Some(node) = self.names.get(from).copied() {
                    self.put(to, node);
                }
            }
            Deed::Remove(path) => {
                if self.names.remove(path).is_some() {
                    let remove = Some(path.clone());
                    self.changes.push(Change { folders: vec![parent(path)], remove, add: None });
                }
            }
            Deed::Rename(from, to) => {
                if let Some(node) = self.names.remove(from) {
                    self.names.insert(to.clone(), node);
                    let folders = vec![parent(from), parent(to)];
                    let (remove, add) = (Some(from.clone()), Some((to.clone(), node)));
                    self.changes.push(Change { folders, remove, add });
                }
            }
            Deed::Write { path, at, bytes } => {
                let mut start = 0;
                while start < bytes.len() {
                    let to_sector = SECTOR - (at + start) % SECTOR;
                    let end = bytes.len().min(start + to_sector);
                    let (at, bytes) = (at + start, bytes[start..end].to_vec());
                    self.pend(path, Piece::Write { at, bytes });
                    start = end;
                }
            }
            Deed::Truncate { path, length } => self.pend(path, Piece::Truncate(*length)),
            Deed::Sync(path) => self.sync(path),
            Deed::Acknowledge => self.acknowledged += 1,
            Deed::Create(_) | Deed::MakeFolder(_) | Deed::Link(..) => {}
        }
    }

    fn put(&mut self, path: &Path, node: Node) {
        self.names.insert(path.to_owned(), node);
        let add = Some((path.to_owned(), node));
        self.changes.push(Change { folders: vec![parent(path)], remove: None, add });
    }

    fn pend(&mut self, path: &Path, piece: Piece) {
        if let Some(Node::File(number)) = self.names.get(path) {
            self.contents[*number].pending.push(piece);
        }
    }

    fn sync(&mut self, path: &Path) {
        match self.names.get(path) {
            Some(Node::File(number)) => {
                let content = &mut self.contents[*number];
                for piece in std::mem::take(&mut content.pending) {
                    apply(&mut content.durable, &piece);
                }
            }
            // The home itself has no name here.
            Some(Node::Folder) | None => {
                let (done, left) = std::mem::take(&mut self.changes)
                    .into_iter()
                    .partition(|change| change.folders.iter().any(|folder| folder == path));
                self.changes = left;
                for change in &done {
                    settle(&mut self.durable, change);
                }
            }
        }
    }

    /// What is there if nothing is lost.
    pub fn whole(&self) -> Tree {
        let whole = |content: &Content| {
            let mut bytes = content.durable.clone();
            content.pending.iter().for_each(|piece| apply(&mut bytes, piece));
            bytes
        };
        tree(&self.names, &self.contents.iter().map(whole).enumerate().collect())
    }

    /// What may be there after a power cut: of all that is not durable this much, in hundredths, and
    /// in each folder only the first changes.
    pub fn after_power_cut(&self, kept: usize, dice: &mut Dice) -> Tree {
        let mut names = self.durable.clone();
        let mut ended: Vec<&PathBuf> = Vec::new();
        for change in &self.changes {
            let is_ended = change.folders.iter().any(|folder| ended.contains(&folder));
            if is_ended || dice.roll(100) >= kept {
                ended.extend(&change.folders);
            } else {
                settle(&mut names, change);
            }
        }
        let mut bytes: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        for (number, content) in self.contents.iter().enumerate() {
            if names.values().any(|node| *node == Node::File(number)) {
                bytes.insert(number, content.after_power_cut(kept, dice));
            }
        }
        tree(&names, &bytes)
    }

    /// Whether nothing is lost if the power goes now.
    pub fn is_durable(&self) -> bool {
        self.changes.is_empty() && self.contents.iter().all(|content| content.pending.is_empty())
    }
}

/// The tree of these names, with the bytes of each file by its number.
fn tree(names: &BTreeMap<PathBuf, Node>, bytes: &BTreeMap<usize, Vec<u8>>) -> Tree {
    let mut tree = Tree::default();
    for (path, node) in names {
        // What is in a folder that is gone is gone.
        let is_there = path.ancestors().skip(1).all(|folder| {
            folder.as_os_str().is_empty() || names.get(folder) == Some(&Node::Folder)
        });
        match node {
            _ if !is_there => {}
            Node::Folder => tree.folders.push(path.clone()),
            Node::File(number) => {
                tree.files.insert(path.clone(), bytes[number].clone());
            }
        }
    }
    tree
}

impl Content {
    fn after_power_cut(&self, kept: usize, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        for piece in &self.pending {
            if dice.roll(100) >= kept {
                continue;
            }
            match piece {
                // Now and then only the beginning of a sector comes to the disk.
                Piece::Write { at, bytes: new } if kept < 100 && dice.roll(10) == 0 => {
                    let bytes_kept = new[..dice.roll(new.len())].to_vec();
                    apply(&mut bytes, &Piece::Write { at: *at, bytes: bytes_kept });
                }
                piece => apply(&mut bytes, piece),
            }
        }
        bytes
    }
}

fn settle(names: &mut BTreeMap<PathBuf, Node>, change: &Change) {
    if let Some(path) = &change.remove {
        names.remove(path);
    }
    if let Some((path, node)) = &change.add {
        names.insert(path.clone(), *node);
    }
}
