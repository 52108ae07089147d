//! History: where the entries of earlier sessions are kept.

use crate::workspace::create_folder;
use std::env;
use std::path::PathBuf;

/// The file in the user's data directory; none where there is no such place.
pub fn path() -> Option<PathBuf> {
    let folder = data()?.join("biz");
    create_folder(&folder).ok()?;
    Some(folder.join("history"))
}

/// Where a user's data are kept: by the system's custom, or where the environment says.
fn data() -> Option<PathBuf> {
    let of = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(data) = of("XDG_DATA_HOME") {
        return Some(data);
    }
    if cfg!(windows) {
        return of("APPDATA");
    }
    let home = of("HOME")?;
    Some(if cfg!(target_os = "macos") { home.join("Library/Application Support") } else { home.join(".local/share") })
}
