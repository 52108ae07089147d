//! Settings: how answers are made.

use super::super::outcome::Reply;
use super::super::session::{Session, Switch};
use crate::diagnostic::escape::one_line;
use crate::diagnostic::suggest;
use crate::export::Style;
use crate::export::listing::listing;
use crate::workspace::Samples;

/// A setting.
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// Within which bounds, where it has some.
    bounds: &'static str,
    /// What it does.
    pub about: &'static str,
    now: fn(&Session) -> String,
    put: fn(&mut Session, &str) -> Option<()>,
}

/// Every setting.
pub static SETTINGS: &[Setting] = &[
    Setting {
        name: "samples",
        takes: "N|usual",
        bounds: "; N is at most 10M",
        about: "how many samples are drawn, of every answer; usual: only where one looks across them",
        now: |session| session.samples.map_or("usual".to_owned(), |samples| samples.count.to_string()),
        put: |session, text| {
            let seed = session.samples.map(|samples| samples.seed);
            session.samples = if text == "usual" { None } else { Some(Samples { count: count(text)?, seed: seed.unwrap_or(1), ..Samples::default() }) };
            Some(())
        },
    },
    Setting {
        name: "seed",
        takes: "N",
        bounds: "",
        about: "what decides every draw",
        now: |session| session.samples.unwrap_or_default().seed.to_string(),
        put: |session, text| {
            let seed = text.parse().ok()?;
            session.samples = Some(Samples { seed, ..session.samples.unwrap_or_default() });
            Some(())
        },
    },
    Setting {
        name: "preview",
        takes: "on|off",
        bounds: "",
        about: "show a value while its expression is typed",
        now: |session| word(session.previews),
        put: |session, text| switch(text).map(|switch| session.previews = switch),
    },
    Setting {
        name: "time",
        takes: "on|off",
        bounds: "",
        about: "tell how long each answer took",
        now: |session| word(session.times),
        put: |session, text| switch(text).map(|switch| session.times = switch),
    },
];

pub(super) fn set(session: &mut Session, text: &str, style: Style) -> Reply {
    if text.is_empty() {
        let rows: Vec<Vec<String>> = SETTINGS.iter().map(|one| vec![one.name.to_owned(), (one.now)(session), one.about.to_owned()]).collect();
        return Reply::of(listing(&rows, &[], style));
    }
    let (name, value) = text.split_once(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or((text, ""));
    let value = value.trim().trim_start_matches('=').trim();
    let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
        let near = suggest::nearest(name, SETTINGS.iter().map(|setting| (setting.name, 0)));
        let help = near.first().map_or_else(|| "`:set` lists them; a value of the model is tried with `:what`".to_owned(), |near| format!("did you mean `{near}`?"));
        return Reply::refused(&format!("there is no setting `{}`", one_line(name)), &help);
    };
    if value.is_empty() {
        return Reply::of(format!("{}\n", (setting.now)(session)));
    }
    match (setting.put)(session, value) {
        Some(()) => Reply::default(),
        None => Reply::refused(&format!("`{}` can't be `{}`", setting.name, one_line(value)), &format!("write `:set {} {}`{}", setting.name, setting.takes, setting.bounds)),
    }
}

pub(super) fn time(session: &mut Session, text: &str, _: Style) -> Reply {
    let other = if session.times == Switch::On { Switch::Off } else { Switch::On };
    session.times = match switched("time", text, other) {
        Ok(switch) => switch,
        Err(refused) => return *refused,
    };
    Reply { remark: format!("times are {}\n", if session.times == Switch::On { "told" } else { "not told" }), ..Reply::default() }
}

/// What a command is to switch to, which alone means one of both.
pub(super) fn switched(command: &str, text: &str, alone: Switch) -> Result<Switch, Box<Reply>> {
    let wanted = if text.is_empty() { Some(alone) } else { switch(text) };
    let why = || Reply::refused(&format!("`{}` is neither on nor off", one_line(text)), &format!("write `:{command} on` or `:{command} off`"));
    wanted.ok_or_else(|| Box::new(why()))
}

fn switch(text: &str) -> Option<Switch> {
    match text {
        "on" => Some(Switch::On),
        "off" => Some(Switch::Off),
        _ => None,
    }
}

fn word(switch: Switch) -> String {
    match switch {
        Switch::On => "on",
        Switch::Off => "off",
    }
    .to_owned()
}

/// How many samples; a prompt is no place for hours.
fn count(text: &str) -> Option<u64> {
    Samples::count_of(text).filter(|count| *count <= Samples::MOST_KEPT)
}
