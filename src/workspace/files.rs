//! Files: where the texts of a model come from, a disk or memory. The only user of `std::fs`.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The name of standard input on the command line.
pub const STDIN: &str = "-";

/// A place that holds the files of one project: the main file, and what lies in its folder and below.
/// Paths count from that folder, with `/` between their names.
pub trait Files {
    /// The path of the main file.
    fn main(&self) -> &str;

    /// The name a reader knows a file by.
    fn name(&self, path: &str) -> String;

    /// The one path of a file, whatever links lead to it.
    ///
    /// # Errors
    /// If it is not there or lies outside of the project.
    fn find(&self, path: &str) -> Result<String, Unreadable>;

    /// The bytes of a file, if there are at most `most`.
    ///
    /// # Errors
    /// If it can't be read.
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable>;
}

/// Why a file can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not there, or may not be read: nobody learns which.
    Missing,
    /// It is a folder.
    Folder,
    /// It lies outside of the project.
    Outside,
    /// It has more bytes than it may.
    TooLarge,
}

/// The files of a disk, beneath the folder of the main file.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folder, links resolved; none where it can't be found.
    root: Option<PathBuf>,
    /// The main file as it was given.
    given: PathBuf,
    /// What stands before a path to name the file as it was given: `plans/`.
    before: String,
    main: String,
    origin: MainFile,
}

/// Where the main file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MainFile {
    Stored,
    Stdin,
}

impl Disk {
    /// The project of a main file; `-` is standard input, whose project is the current folder.
    #[must_use]
    pub fn of(main: &str) -> Self {
        if main == STDIN {
            let root = fs::canonicalize(".").ok();
            let main = "<stdin>".to_owned();
            return Self { root, given: PathBuf::new(), before: String::new(), main, origin: MainFile::Stdin };
        }
        let given = PathBuf::from(main);
        let folder = given.parent().filter(|folder| !folder.as_os_str().is_empty());
        let root = fs::canonicalize(folder.unwrap_or_else(|| Path::new("."))).ok();
        let name = given.file_name().map_or_else(|| main.to_owned(), |name| name.to_string_lossy().into_owned());
        let before = main.strip_suffix(name.as_str()).unwrap_or_default().to_owned();
        // A main file that is a link out of the folder was named by the user, who may read what he likes.
        let resolved = fs::canonicalize(&given).ok().zip(root.as_deref());
        let path = resolved.and_then(|(whole, root)| beneath(root, &whole));
        Self { root, given, before, main: path.unwrap_or(name), origin: MainFile::Stored }
    }
}

impl Files for Disk {
    fn main(&self) -> &str {
        &self.main
    }

    fn name(&self, path: &str) -> String {
        if path != self.main {
            return format!("{}{path}", self.before);
        }
        match self.origin {
            MainFile::Stored => self.given.to_string_lossy().into_owned(),
            MainFile::Stdin => self.main.clone(),
        }
    }

    fn find(&self, path: &str) -> Result<String, Unreadable> {
        let root = self.root.as_deref().ok_or(Unreadable::Missing)?;
        let whole = fs::canonicalize(root.join(path)).map_err(|_| Unreadable::Missing)?;
        beneath(root, &whole).ok_or(Unreadable::Outside)
    }

    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        if path != self.main {
            let root = self.root.as_deref().ok_or(Unreadable::Missing)?;
            return read_regular(&root.join(path), most);
        }
        match self.origin {
            MainFile::Stdin => up_to(io::stdin().lock(), most),
            MainFile::Stored if self.given.is_dir() => Err(Unreadable::Folder),
            MainFile::Stored => up_to(File::open(&self.given).map_err(|_| Unreadable::Missing)?, most),
        }
    }
}

/// The path from `root` to what lies beneath it; none for what does not.
fn beneath(root: &Path, whole: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = whole.strip_prefix(root).ok()?.components().map(|name| name.as_os_str().to_str()).collect();
    names.map(|names| names.join("/"))
}

/// A pipe or a device that an import names could block or never end: only stored files are read.
fn read_regular(path: &Path, most: u64) -> Result<Vec<u8>, Unreadable> {
    let about = fs::metadata(path).map_err(|_| Unreadable::Missing)?;
    if about.is_dir() {
        return Err(Unreadable::Folder);
    }
    if !about.is_file() {
        return Err(Unreadable::Missing);
    }
    up_to(File::open(path).map_err(|_| Unreadable::Missing)?, most)
}

fn up_to(from: impl Read, most: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Unreadable::Missing)?;
    if bytes.len() as u64 > most { Err(Unreadable::TooLarge) } else { Ok(bytes) }
}

/// Files that exist in memory alone; the first is the main file.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    main: String,
    texts: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// The files by path.
    #[must_use]
    pub fn new<'t>(files: impl IntoIterator<Item = (&'t str, &'t [u8])>) -> Self {
        let mut memory = Self::default();
        for (at, (path, bytes)) in files.into_iter().enumerate() {
            if at == 0 {
                memory.main = path.to_owned();
            }
            memory.texts.insert(path.to_owned(), bytes.to_vec());
        }
        memory
    }
}

impl Files for Memory {
    fn main(&self) -> &str {
        &self.main
    }

    fn name(&self, path: &str) -> String {
        path.to_owned()
    }

    fn find(&self, path: &str) -> Result<String, Unreadable> {
        if self.texts.contains_key(path) { Ok(path.to_owned()) } else { Err(Unreadable::Missing) }
    }

    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let bytes = self.texts.get(path).ok_or(Unreadable::Missing)?;
        if bytes.len() as u64 > most { Err(Unreadable::TooLarge) } else { Ok(bytes.clone()) }
    }
}

/// The models of a folder: its files that end in `.biz`, by name; what begins with a dot is an editor's, and passed over.
pub(super) fn models_in(folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().filter(|entry| !entry.path().is_dir()).filter_map(|entry| entry.file_name().into_string().ok());
    let models = names.filter(|name| name.ends_with(".biz") && !name.starts_with('.'));
    let mut names: Vec<String> = models.map(|name| if folder == "." { name } else { format!("{}/{name}", folder.trim_end_matches('/')) }).collect();
    names.sort();
    names
}

/// The models of a folder and of those below it, by name; what begins with a dot is passed over, and so are links to folders.
#[must_use]
pub fn models_below(folder: &str) -> Vec<String> {
    let mut found = models_in(folder);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| !name.starts_with('.')).collect();
    names.sort();
    for name in names {
        let below = if folder == "." { name } else { format!("{}/{name}", folder.trim_end_matches('/')) };
        found.extend(models_below(&below));
    }
    found
}

/// Writes a file in place of what was there, also behind a link, and keeps who may read it.
///
/// # Errors
/// If it can't be written.
pub fn rewrite(path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    // A file put in its place would be written whatever the old one allows.
    if fs::metadata(&path)?.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    replace(&path, bytes)
}

/// By what a file that has changed is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is not there.
    Missing,
    /// When it was written, and how many bytes it has.
    Written(Option<SystemTime>, u64),
}

/// The mark of a file as it is now.
pub(super) fn mark(name: &str) -> Mark {
    fs::metadata(name).map_or(Mark::Missing, |about| Mark::Written(about.modified().ok(), about.len()))
}

/// Models and folders whose paths begin like this, by name; folders end in `/`.
#[must_use]
pub fn paths(begun: &str) -> Vec<String> {
    let (folder, name) = begun.rfind('/').map_or(("", begun), |at| begun.split_at(at + 1));
    let Ok(entries) = fs::read_dir(if folder.is_empty() { "." } else { folder }) else { return Vec::new() };
    let path = |entry: fs::DirEntry| {
        let own = entry.file_name().into_string().ok().filter(|own| own.starts_with(name) && (name.starts_with('.') || !own.starts_with('.')))?;
        let inside = entry.path().is_dir();
        (inside || own.ends_with(".biz")).then(|| format!("{folder}{own}{}", if inside { "/" } else { "" }))
    };
    let mut paths: Vec<String> = entries.flatten().filter_map(path).collect();
    paths.sort();
    paths
}

/// Whether there is anything under a name.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Whether there is a folder under a name.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Makes a folder and those above it, where they are not there yet.
///
/// # Errors
/// If it can't be made.
pub fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Writes a new file, with the folders above it; never over another.
///
/// # Errors
/// If there is one already, or it can't be written.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// The most bytes of a part of a simulation: 16 GiB.
pub(super) const MOST_BYTES_OF_PART: u64 = 16 << 30;

/// The bytes of a part of a simulation.
///
/// # Errors
/// If it can't be read.
pub fn read_part(name: &str) -> Result<Vec<u8>, Unreadable> {
    if name == STDIN {
        return up_to(io::stdin().lock(), MOST_BYTES_OF_PART);
    }
    read_regular(Path::new(name), MOST_BYTES_OF_PART)
}

/// Writes a file whole or not at all, in place of what was there: beside it, and then under its name.
///
/// # Errors
/// If it can't be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".unfinished");
    let written = File::create(&beside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    if let (Ok(()), Ok(before)) = (&written, fs::metadata(path)) {
        let _ = fs::set_permissions(&beside, before.permissions());
    }
    let moved = written.and_then(|()| fs::rename(&beside, path));
    if moved.is_err() {
        let _ = fs::remove_file(&beside);
    }
    moved
}
