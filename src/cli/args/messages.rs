//! Messages: in which form errors and warnings are told, and what becomes of warnings.

use crate::diagnostic::Warnings;
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(in crate::cli) struct Messages {
    /// How errors and warnings are written
    #[arg(long = "message-format", global = true, value_enum, default_value_t = MessageFormat::Human, value_name = "FORM")]
    pub form: MessageFormat,

    /// Let the exit status be 1 for warnings too
    #[arg(long, global = true, value_enum, value_name = "KIND")]
    pub deny: Option<Deny>,
}

impl Messages {
    /// What becomes of warnings.
    pub const fn warnings(&self) -> Warnings {
        match self.deny {
            Some(Deny::Warnings) => Warnings::Denied,
            None => Warnings::Allowed,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Deny {
    /// Warnings, and expectations that do not hold
    Warnings,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum MessageFormat {
    /// Drawings with the lines of the model
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a change
    Github,
    /// One document of SARIF 2.1.0, for code scanners and editors
    Sarif,
    /// One document of JUnit's XML, requirements and tests too, for build servers
    Junit,
}

impl MessageFormat {
    /// Whether everything told goes into one document, written at the end.
    pub const fn is_document(self) -> bool {
        match self {
            Self::Sarif | Self::Junit => true,
            Self::Human | Self::Short | Self::Json | Self::Github => false,
        }
    }
}
