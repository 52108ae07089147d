//! Names of files as URIs.

/// A reference to a file: relative where its name is, percent-encoded where a character has no place in a URI.
#[must_use]
pub(super) fn reference(name: &str) -> String {
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let drive = cfg!(windows) && name.get(1..3) == Some(":/");
    let before = match name.as_str() {
        _ if drive => "file:///",
        whole if whole.starts_with('/') => "file://",
        _ => "",
    };
    let mut out = before.to_owned();
    for byte in name.trim_start_matches("./").bytes() {
        // A colon in the first part of a relative reference would make a scheme of what is before it.
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') || (drive && byte == b':') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
