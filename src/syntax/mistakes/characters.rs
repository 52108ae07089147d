//! Characters that the language does not have, texts that do not end, dividers in the wrong place.

use super::{after, before, short};
use crate::diagnostic::escape::one_line;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::{Location, Span};

/// `2_000 @ 3`
pub fn without_meaning(at: Location, text: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0001"), format!("`{}` has no meaning here", one_line(&short(text))), at, "not part of the language");
    if text.contains('±') {
        return mistake.help("what is not known is written by the ends between which it lies in nine cases of ten: `1% to 4%`, behind `~`");
    }
    mistake.help("names, numbers, operators and brackets make up a model; anything else stands in a `\"text\"` or a `# comment`")
}

/// A sign that stands where a plain one belongs.
pub const LOOKALIKE: Code = Code("BIZ0002");

/// `2_000 × 3`
pub fn lookalike(at: Location, sign: char, plain: &str) -> Diagnostic {
    let shown = if sign.is_whitespace() { format!("the blank U+{:04X}", u32::from(sign)) } else { format!("`{sign}`") };
    let plainly = if plain == " " { "a plain blank".to_owned() } else { format!("`{plain}`") };
    let mistake = Diagnostic::error(LOOKALIKE, format!("{shown} stands where {plainly} belongs"), at, format!("write {plainly}"));
    let mistake = match sign {
        '–' | '—' => mistake.help("a range is written with `to`: `1% to 4%`"),
        _ => mistake,
    };
    mistake.fix(format!("write {plainly}"), at, plain)
}

/// `３ * 4`: digits and letters of full width.
pub fn full_width(at: Location, sign: char, plain: &str) -> Diagnostic {
    let what = if sign.is_ascii_digit() { "digits" } else { "signs" };
    Diagnostic::error(LOOKALIKE, format!("{what} of full width stand where plain ones belong"), at, format!("write `{}`", short(plain)))
        .fix(format!("write `{}`", short(plain)), at, plain)
}

/// A mark that turns the direction of writing.
pub fn turns(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0003"), "an invisible character turns the direction of the text", at, "it stands here")
        .help("what is shown would differ from what is calculated; none is allowed in a file, not even in a comment")
        .fix("take it out", at, "")
}

/// A zero-width blank, a control character.
pub fn invisible(at: Location, text: &str) -> Diagnostic {
    let code = text.chars().next().map_or(0, u32::from);
    Diagnostic::error(Code("BIZ0004"), format!("an invisible character, U+{code:04X}, stands between the others"), at, "it stands here")
        .help("it may have come along when the text was copied")
        .fix("take it out", at, "")
}

/// `'My café'`
pub fn wrong_quotes(at: Location, inside: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0005"), "a text stands in straight double quotes", at, "other quotes");
    if inside.contains(['"', '\\']) {
        return mistake.help("inside of a text a quote is written `\\\"`");
    }
    mistake.fix(format!("write \"{}\"", short(inside)), at, format!("\"{inside}\""))
}

/// A quote without its partner.
pub fn lone_quote(at: Location, quote: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0005"), format!("`{quote}` begins no text"), at, "a quote of another kind")
        .help("a text begins and ends with a straight double quote: `\"My café\"`")
}

/// `$49`
pub fn currency(at: Location, code: &str, digits: &str, gap: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0006"), "a currency is written by its three letters", at, "the sign alone leaves open which one")
        .help(format!("it stands behind the number, like every unit: `49 {}/month`", if code.is_empty() { "CNY" } else { code }));
    // One sign stands for yuan and for yen.
    let codes = if code.is_empty() { &["CNY", "JPY"][..] } else { &[code][..] };
    codes.iter().fold(mistake, |mistake, code| {
        if digits.is_empty() {
            return mistake.fix(format!("write `{code}`"), at, format!("{gap}{code}"));
        }
        let amount = format!("{} {code}", digits.replace(',', "_"));
        mistake.fix(format!("write `{amount}`"), at, amount)
    })
}

/// `90¢`
pub fn cents(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0006"), "a currency is written by its three letters", at, "a part of one")
        .help("90 cents are `0.9 USD`: the number counts the whole")
}

/// `f(a; b)`
pub fn semicolon_for_comma(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0018"), "a comma divides values, and no semicolon does", at, "`,` belongs here").fix("write `,`", at, ",")
}

/// `"My café` up to the end of the line.
pub fn unclosed_text(at: Location, text: &str) -> Diagnostic {
    let opening = Location::new(at.file, Span::new(at.span.start, at.span.start + 1));
    let mistake = Diagnostic::error(Code("BIZ0010"), "a text is never closed", opening, "it begins here")
        .also(after(at), "the line ends without `\"`")
        .help("a text begins and ends with `\"` on one line");
    let title = text.split_once('{').map_or(Some(text), |(title, _)| Some(title)).map(str::trim_end).filter(|title| text.contains('{') || title.ends_with(['”', '“', '＂']));
    match title {
        Some(title) => {
            let end = at.span.start + title.len() as u32;
            // A quote of another script closes nothing: the straight one stands in its place.
            let curly = title.chars().next_back().filter(|last| matches!(last, '”' | '“' | '„' | '＂' | '»' | '」' | '』'));
            let place = Location::new(at.file, Span::new(end - curly.map_or(0, |curly| curly.len_utf8() as u32), end));
            mistake.fix("close it", place, "\"")
        }
        None => mistake.fix("close it", after(at), "\""),
    }
}

/// `"Bread \& butter"`
pub fn unknown_escape(at: Location, escape: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0017"), format!("`{}` means nothing in a text", one_line(escape)), at, "unknown")
        .help("there are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`; a backslash itself is written twice")
        .fix("write the backslash twice", Location::new(at.file, Span::new(at.span.start, at.span.start + 1)), "\\\\")
}

/// `rent = 2_000;`
pub fn semicolon(at: Location, by: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0018"), "a line ends without a semicolon", at, "not needed");
    if by.is_empty() {
        return mistake.fix("take it out", at, "");
    }
    mistake.fix("begin a new line", at, by)
}

/// `// a comment`
pub fn slashes(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0019"), "a comment begins with `#`", at, "begins no comment").fix("write `#`", at, "#")
}

/// `/* a comment */`
pub fn slash_star(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0019"), "a comment begins with `#`", at, "begins no comment")
        .help("a comment goes on to the end of its line; each line of a longer one begins with `#`")
}

/// `rent = 2_000, wages = 5_000` outside of braces; the comma is marked.
pub fn several_by_comma(at: Location) -> Diagnostic {
    several(at).fix("begin a new line", at, "\n")
}

/// `kind shop { } rent = 2_000`: what follows a block on its line.
pub fn several_on_a_line(at: Location) -> Diagnostic {
    several(at).fix("begin a new line", before(at), "\n")
}

/// `{ amount = 3 USD begin = 2026-03 }`; `gap` is where the comma belongs.
pub fn comma_missing(at: Location, gap: Location) -> Diagnostic {
    several(at).fix("put a comma between them", gap, ",")
}

/// `price : USD/B quantity : B/month` in a kind; `gaps` are where commas belong.
pub fn commas_missing(at: Location, gaps: impl Iterator<Item = Location>) -> Diagnostic {
    let edits: Vec<Edit> = gaps.map(|at| Edit { at, text: ",".into() }).collect();
    let title = if edits.len() > 1 { "put commas between them" } else { "put a comma between them" };
    let mut mistake = Diagnostic::error(Code("BIZ0058"), "a comma or a line break is missing between two members", at, "another one begins here");
    mistake.fixes.push(Fix { title: title.into(), edits });
    mistake
}

fn several(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0058"), "each line declares one thing", at, "another one begins here")
        .help("outside of braces a comma divides nothing; inside, commas or lines divide them")
}

/// `rent = 2_000,` outside of braces.
pub fn trailing_comma(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0042"), "a comma can't stand here", at, "nothing follows it").fix("take it out", at, "")
}

/// `{ a = 1,, b = 2 }`
pub fn stray_comma(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0042"), "this comma divides nothing", at, "nothing stands before it").fix("take it out", at, "")
}
