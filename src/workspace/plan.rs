//! Plans: everything that decides a simulation but who plays which samples, as plain data.

use super::asked::Ask;
use super::kept::Kept;
use super::sampling::Samples;
use super::shelf::PRELUDE;
use crate::calendar::Step;
use crate::numeric::stream::mix;
use crate::run::record::{Reader, Writer, checksum};
use crate::run::{Aim, Sampling};

/// Raised whenever a kernel, a stream or the order of a sum changes, so that the bits of two builds never mix.
const NUMERIC_PROFILE: u64 = 2;

/// What is asked of a simulation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Figures are added up by longer periods.
    pub by: Option<Step>,
    /// Only these definitions, or instances with all of theirs.
    pub only: Vec<String>,
    /// The shares whose values are told.
    pub shares: Vec<f64>,
}

/// A question with the model it is asked of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    /// Who computes: version, numeric profile, the text of the prelude.
    maker: (String, u64, u64),
    pub files: Kept,
    scenario: Option<String>,
    sets: Vec<String>,
    pub question: Question,
    pub samples: Samples,
    pub aim: Aim,
}

impl Plan {
    pub fn new(files: Kept, ask: &Ask<'_>, question: Question, samples: Samples, aim: Aim) -> Self {
        let scenario = ask.scenario.map(str::to_owned);
        let samples = Samples { threads: None, ..samples };
        Self { maker: maker(), files, scenario, sets: ask.sets.to_vec(), question, samples, aim }
    }

    /// The same question again.
    pub fn ask(&self) -> Ask<'_> {
        Ask {
            scenario: self.scenario.as_deref(),
            sets: &self.sets,
            mentions: &self.question.only,
            samples: Some(self.samples),
            ..Ask::default()
        }
    }

    /// Whether this build computes as the one did that made it.
    pub fn is_of_this_build(&self) -> bool {
        self.maker == maker()
    }

    /// The build that made it.
    pub fn version(&self) -> &str {
        &self.maker.0
    }

    /// In what two plans differ; none where they are the same.
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        let bytes = |plan: &Self| {
            let mut writer = Writer::default();
            plan.files.write(&mut writer);
            writer.finish()
        };
        let checks = [
            (self.maker == other.maker, "it was made by another version of biz"),
            (bytes(self) == bytes(other), "the text of its model is another"),
            (self.scenario == other.scenario && self.sets == other.sets, "it has another `--scenario` or other `--set`s"),
            (self.samples.count == other.samples.count, "it has another number of samples"),
            (self.samples.seed == other.samples.seed, "it has another seed"),
            (self.samples.sampling == other.samples.sampling, "its samples are spread another way"),
            (self.question == other.question, "it was asked for other figures, periods or percentiles"),
            (self.aim == other.aim, "its pilot is another"),
        ];
        checks.into_iter().find(|(same, _)| !same).map(|(_, difference)| difference)
    }

    pub fn write(&self, to: &mut Writer) {
        let (version, profile, prelude) = &self.maker;
        to.text(version);
        to.whole(*profile);
        to.whole(*prelude);
        self.files.write(to);
        let scenario: Vec<&String> = self.scenario.iter().collect();
        to.list(&scenario, |to, scenario| to.text(scenario));
        to.list(&self.sets, |to, set| to.text(set));
        let by: Vec<Step> = self.question.by.into_iter().collect();
        to.list(&by, |to, by| to.whole(STEPS.iter().position(|step| step == by).unwrap_or(0) as u64));
        to.list(&self.question.only, |to, name| to.text(name));
        to.numbers(&self.question.shares);
        to.whole(self.samples.count);
        to.whole(self.samples.seed);
        to.text(self.samples.sampling.name());
        to.whole(self.aim.pilot);
        to.number(self.aim.errors);
    }

    pub fn read(from: &mut Reader<'_>) -> Option<Self> {
        let maker = (from.text()?, from.whole()?, from.whole()?);
        let files = Kept::read(from)?;
        let scenario = from.list(8, Reader::text)?.into_iter().next();
        let sets = from.list(8, Reader::text)?;
        let step = |from: &mut Reader<'_>| STEPS.get(usize::try_from(from.whole()?).ok()?).copied();
        let by = from.list(8, step)?.into_iter().next();
        let (only, shares) = (from.list(8, Reader::text)?, from.numbers()?);
        let (count, seed, sampling) = (from.whole()?, from.whole()?, from.text()?);
        let sampling = Sampling::ALL.into_iter().find(|known| known.name() == sampling)?;
        let aim = Aim { pilot: from.whole()?, errors: from.number()? };
        let sound = shares.iter().all(|share| (0.0..=1.0).contains(share)) && count <= 1 << 63;
        let samples = Samples { count, seed, sampling, threads: None };
        sound.then_some(Self { maker, files, scenario, sets, question: Question { by, only, shares }, samples, aim })
    }
}

const STEPS: [Step; 5] = [Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year];

fn maker() -> (String, u64, u64) {
    let prelude = PRELUDE.sources.iter().fold(0, |sum, source| mix(sum ^ checksum(source.text.as_bytes())));
    (env!("CARGO_PKG_VERSION").to_owned(), NUMERIC_PROFILE, prelude)
}
