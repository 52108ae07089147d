//! Glance: which words a text uses and what it declares, without its grammar; fast enough for texts that are not needed.

use super::letters::{continues_name, starts_name, word};
use foldhash::HashSet;

/// What is seen of a text whose declarations begin at the left margin.
#[derive(Clone, Debug, Default)]
pub struct Glance<'t> {
    /// Kinds, functions, units and currencies that it declares.
    pub things: Vec<&'t str>,
    /// Equations that it declares.
    pub equations: Vec<&'t str>,
    /// Whether something in it acts without being named: a statement, a requirement, an instance.
    pub unasked: bool,
    /// The kinds that its own are built on.
    pub bases: Vec<&'t str>,
    /// Slots and equations of its kinds, parameters of its functions.
    pub members: HashSet<&'t str>,
    /// The words that its kinds and functions use.
    pub inside: Vec<&'t str>,
    /// The words that it uses elsewhere.
    pub outside: Vec<&'t str>,
}

/// The words of a text. Comments and texts in quotes hold none; a word behind a dot belongs to what stands before it.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut behind_dot = false;
    (Tokens { text, at: 0 }).filter_map(move |token| {
        let told = token.is_word && !behind_dot;
        behind_dot = token.text == ".";
        told.then_some(token.text)
    })
}

/// Looks at a text.
#[must_use]
pub fn glance(text: &str) -> Glance<'_> {
    let mut glance = Glance::default();
    let (mut depth, mut declaration) = (0_usize, Declaration::Other);
    let mut tokens = Tokens { text, at: 0 }.peekable();
    // What stands before the next token.
    let mut before = Before::Line;
    while let Some(token) = tokens.next() {
        let next = tokens.peek().map(|next| next.text);
        match token.text {
            "\n" => before = Before::Line,
            "(" | "[" | "{" => {
                depth += 1;
                before = Before::Divider;
            }
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if declaration == Declaration::Parameters {
                    declaration = Declaration::Body;
                }
                before = Before::Value;
            }
            "," => before = Before::Divider,
            "." => before = Before::Dot,
            name if token.is_word => {
                let begins = before == Before::Line || before == Before::Divider;
                let defines = matches!(next, Some("=" | ":" | "~"));
                if token.margin && depth == 0 {
                    declaration = glance.declaration(name, defines);
                } else if depth == 1 && begins && declaration.holds_member(defines) {
                    glance.members.insert(name);
                } else if before != Before::Dot {
                    glance.used(name, before, &mut declaration);
                }
                before = if name == "is" { Before::Is } else { Before::Value };
            }
            _ => before = Before::Value,
        }
    }
    glance
}

/// What is declared at the left margin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Declaration {
    /// `kind`: a name comes.
    KindName,
    /// `fn`: a name comes.
    FunctionName,
    /// The words of a kind behind its name.
    Kind,
    /// Between a function's name and the end of its parameters.
    Parameters,
    /// The words of a function behind its parameters.
    Body,
    /// `unit`, `currency`: every name is one that is declared.
    Names,
    /// Anything else.
    Other,
}

impl Declaration {
    /// Whether a word at the beginning of a part names a member here.
    fn holds_member(self, defines: bool) -> bool {
        match self {
            Self::Kind => defines,
            Self::Parameters => true,
            Self::KindName | Self::FunctionName | Self::Body | Self::Names | Self::Other => false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Line,
    Divider,
    Dot,
    Is,
    Value,
}

impl<'t> Glance<'t> {
    fn declaration(&mut self, head: &'t str, defines: bool) -> Declaration {
        match head {
            _ if defines => {
                self.equations.push(head);
                Declaration::Other
            }
            "kind" => Declaration::KindName,
            "fn" | "native" => Declaration::FunctionName,
            "unit" | "currency" => Declaration::Names,
            "model" | "import" => Declaration::Other,
            // A statement, a requirement, a rate, a test, an instance …: nobody has to name it.
            _ => {
                self.unasked = true;
                self.outside.push(head);
                Declaration::Other
            }
        }
    }

    fn used(&mut self, name: &'t str, before: Before, declaration: &mut Declaration) {
        match *declaration {
            Declaration::FunctionName if name == "fn" => {}
            Declaration::KindName | Declaration::FunctionName => {
                self.things.push(name);
                let kind = *declaration == Declaration::KindName;
                *declaration = if kind { Declaration::Kind } else { Declaration::Parameters };
            }
            Declaration::Names => self.things.push(name),
            Declaration::Kind | Declaration::Parameters | Declaration::Body => {
                if before == Before::Is {
                    self.bases.push(name);
                }
                self.inside.push(name);
            }
            Declaration::Other => self.outside.push(name),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    text: &'t str,
    is_word: bool,
    /// Whether it stands at the beginning of its line.
    margin: bool,
}

/// Words, line ends and signs of one character; what lies between is passed over.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            let margin = self.at.checked_sub(1).is_none_or(|before| self.text.as_bytes().get(before) == Some(&b'\n'));
            let (length, told) = match first {
                ' ' | '\t' | '\r' => (1, false),
                '#' => (rest.find('\n').unwrap_or(rest.len()), false),
                '"' => (quoted(rest), false),
                // A number and what is written tight behind it; its unit stands behind a blank.
                '0'..='9' => (rest.find(|next| !(continues_name(next) || next == '.')).unwrap_or(rest.len()), false),
                '_' => (word(rest).len(), true),
                _ if starts_name(first) => (word(rest).len(), true),
                _ => (first.len_utf8(), true),
            };
            self.at += length;
            if told {
                let is_word = first == '_' || starts_name(first);
                return rest.get(..length).map(|text| Token { text, is_word, margin });
            }
        }
    }
}

/// The length of a text in quotes; it ends with its line at the latest.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}
