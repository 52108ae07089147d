//! Random models out of a list of choices, such as a checker hands on: no circle within a step, none through the future.

use super::build::Build;
use biz::calendar::Step;
use biz::check::model::{
    Absence, Aggregate, Ask, CellId, Comparison, Content, Draw, ExprId, Factor, Form, Function, Node, Part, Payments, Reducer, Sampled,
    ScenarioId, Shape, Sign, Steps, TableId, ZeroRate, children,
};
use biz::numeric::distribution::{Family, Parameter};

/// A random model with what may be asked of it.
pub struct Random {
    pub build: Build,
    pub cells: Vec<CellId>,
    pub scenarios: Vec<ScenarioId>,
    pub exprs: Vec<ExprId>,
}

struct Choices {
    given: Vec<u32>,
    at: usize,
}

impl Choices {
    /// One of `count`; the first when the list is at its end.
    fn of(&mut self, count: usize) -> usize {
        let choice = self.given.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        choice as usize % count
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.of(of.len())]
    }

    fn done(&self) -> bool {
        self.at >= self.given.len()
    }
}

/// What an expression may read.
#[derive(Clone, Copy)]
struct Sight {
    /// Definitions before this may be read in the same step.
    now: usize,
    /// Definitions before this may be read a step later.
    lagged: usize,
    /// Definitions before this may be read over the whole timeline.
    whole: usize,
}

struct Maker {
    choices: Choices,
    build: Build,
    cells: Vec<CellId>,
    levels: Vec<CellId>,
    /// Expressions that may stand in several places.
    seen: Vec<(ExprId, usize)>,
}

pub fn model(given: Vec<u32>) -> Random {
    let mut choices = Choices { given, at: 0 };
    let step = choices.one(&[Step::Month, Step::Quarter, Step::Month, Step::Year]);
    let steps = choices.of(7) as u8 + 1;
    let (looping, above) = (choices.of(7), choices.of(5) + 1);
    let mut build = Build::new(steps, step);
    let cells: Vec<CellId> = (0..looping + above).map(|_| build.hole()).collect();
    let levels: Vec<CellId> = cells[..looping].iter().copied().filter(|_| choices.of(3) == 0).collect();
    let mut maker = Maker { choices, build, cells, levels, seen: Vec::new() };
    for at in 0..looping + above {
        let (cell, sight) = (maker.cells[at], maker.sight(at, looping));
        let expr = if maker.levels.contains(&cell) { maker.level(sight) } else { maker.right_side(sight) };
        maker.build.fill(cell, expr);
    }
    let scenarios = (0..maker.choices.of(3)).map(|_| maker.scenario(looping)).collect();
    let exprs = maker.seen.iter().map(|(expr, _)| *expr).collect();
    Random { build: maker.build, cells: maker.cells, scenarios, exprs }
}

impl Maker {
    /// Those that may loop see each other through lags; those above see all of them, over the whole timeline too.
    fn sight(&self, at: usize, looping: usize) -> Sight {
        if at < looping {
            Sight { now: at, lagged: looping, whole: 0 }
        } else {
            Sight { now: at, lagged: at, whole: at }
        }
    }

    fn scenario(&mut self, looping: usize) -> ScenarioId {
        let parent = (0..self.build.model.scenarios.len()).next_back().map(|at| ScenarioId(at as u32));
        let parent = parent.filter(|_| self.choices.of(2) == 0);
        let mut contents = Vec::new();
        for at in 0..self.cells.len() {
            let cell = self.cells[at];
            if self.choices.of(4) != 0 {
                continue;
            }
            let sight = self.sight(at, looping);
            // A level stays one: it is read as it opened.
            let expr = if self.levels.contains(&cell) {
                self.level(sight)
            } else if self.choices.of(2) == 0 {
                let base = self.build.bare(Node::Base(cell, parent));
                let other = self.literal();
                self.build.bare(Node::Product(base, vec![(Factor::Times, other)]))
            } else {
                self.right_side(sight)
            };
            // A replacement keeps the unit; where the shape changes, the checker writes out the readers anew. Here a line
            // that changes either is left out.
            let Content::Computed(before) = self.build.model.cell(cell).content else { continue };
            let (before, after) = (self.build.model.expr(before), self.build.model.expr(expr));
            if before.shape == after.shape && before.unit == after.unit {
                contents.push((cell, expr));
            }
        }
        let inherited = parent.and_then(|parent| self.build.model.scenarios.get(parent.0 as usize).cloned());
        let id = self.build.scenario(contents);
        if let Some(inherited) = inherited {
            let scenario = &mut self.build.model.scenarios[id.0 as usize];
            scenario.extends = parent;
            for (cell, content) in inherited.contents {
                scenario.contents.entry(cell).or_insert(content);
            }
        }
        id
    }

    fn level(&mut self, sight: Sight) -> ExprId {
        let flow = self.number(sight, 2);
        if self.choices.of(4) == 0 {
            let curve = self.survival(sight);
            return self.build.bare(Node::Cohorts { flow, curve });
        }
        let from = self.start();
        self.build.bare(Node::Accumulate { flow, from })
    }

    /// What a level opens with reads nothing, so that it may be read anywhere.
    fn start(&mut self) -> ExprId {
        let (a, b) = (self.literal(), self.literal());
        if self.choices.of(4) == 0 { self.build.bare(Node::Product(a, vec![(Factor::Over, b)])) } else { a }
    }

    /// An input, or something computed.
    fn right_side(&mut self, sight: Sight) -> ExprId {
        match self.choices.of(8) {
            0 => self.literal(),
            1 => {
                let value = self.literal();
                let rate = self.number(sight, 1);
                let per = self.choices.one(&[1.0, 3.0, 12.0]);
                self.build.bare(Node::Growing { value, rate, per })
            }
            2 => {
                let draw = self.draw(sight);
                self.build.bare(Node::Draw(draw))
            }
            _ => self.number(sight, 4),
        }
    }

    fn literal(&mut self) -> ExprId {
        const POOL: [f64; 14] = [0.0, 1.0, -1.0, 0.5, 2.0, 3.7, 100.0, 0.1, 12.0, -0.3, 7.0, 1e200, -1e-300, 1e-5];
        let value = self.choices.one(&POOL);
        self.numeric(Node::Number(value))
    }

    /// A number, now and then per month.
    fn numeric(&mut self, node: Node) -> ExprId {
        if self.choices.of(3) == 0 { self.build.flow(node) } else { self.build.bare(node) }
    }

    fn number(&mut self, sight: Sight, depth: usize) -> ExprId {
        // The same expression in two places, as where a function is written out.
        if self.choices.of(12) == 0
            && let Some((expr, _)) = self.seen.iter().rev().find(|(_, now)| *now <= sight.now && sight.whole > 0)
        {
            return *expr;
        }
        let expr = self.fresh(sight, depth);
        if sight.whole > 0 {
            self.seen.push((expr, sight.now));
        }
        expr
    }

    fn fresh(&mut self, sight: Sight, depth: usize) -> ExprId {
        if depth == 0 || self.choices.done() {
            return if self.choices.of(3) == 0 { self.literal() } else { self.read(sight) };
        }
        match self.choices.of(24) {
            0 if self.choices.of(3) == 0 => self.build.bare(Node::Blank(Absence::First)),
            0 if self.choices.of(2) == 0 => self.build.bare(Node::Time),
            0 if self.choices.of(2) == 0 => self.build.bare(Node::Period),
            0 => self.literal(),
            1..=3 => self.read(sight),
            4..=6 => self.sum(sight, depth),
            7..=9 => self.product(sight, depth),
            10 => {
                let x = self.number(sight, depth - 1);
                if self.choices.of(2) == 0 {
                    self.numeric(Node::Negate(x))
                } else {
                    let scale = self.choices.one(&[2.0, 0.01, -3.0, 1e150]);
                    self.numeric(Node::Scale(x, scale))
                }
            }
            11 => {
                let (a, b) = (self.number(sight, depth - 1), self.number(sight, depth - 1));
                self.numeric(Node::Power(a, b))
            }
            12 | 13 => {
                let condition = self.condition(sight, depth - 1);
                let (a, b) = (self.number(sight, depth - 1), self.number(sight, depth - 1));
                self.numeric(Node::If(condition, a, b))
            }
            14 => {
                let xs = self.some(sight, depth, 3);
                self.numeric(Node::Otherwise(xs))
            }
            15 => {
                use Function::{Abs, AnnuityRate, BetaCdf, Ceil, DecliningLeft, Element, Exp, Floor, GammaCdf, GammaTail, Hypergeometric, InDays, InMonths, Ln, LnGamma, Max, Min, MonthsLater, NormalCdf, NormalQuantile, Ranked, Round, Sqrt};
                let function = self.choices.one(&[
                    Min, Max, Abs, Floor, Ceil, Round, Sqrt, Exp, Ln, LnGamma, NormalCdf, NormalQuantile, InDays, InMonths, MonthsLater, AnnuityRate,
                    DecliningLeft, Element, Ranked, Hypergeometric, GammaCdf, GammaTail, BetaCdf,
                ]);
                let xs = match function {
                    AnnuityRate | DecliningLeft => (0..5).map(|_| self.number(sight, depth - 1)).collect(),
                    Min | Max => self.some(sight, depth, 3),
                    Element | Ranked => {
                        let at = self.choices.one(&[1.0, 2.0, 3.0, 0.0, 1.5, 4.0]);
                        let at = self.build.number(at);
                        [at].into_iter().chain(self.some(sight, depth, 3)).collect()
                    }
                    Hypergeometric => (0..4).map(|_| self.number(sight, depth - 1)).collect(),
                    MonthsLater | GammaCdf | GammaTail => vec![self.number(sight, depth - 1), self.number(sight, depth - 1)],
                    BetaCdf => (0..3).map(|_| self.number(sight, depth - 1)).collect(),
                    _ => vec![self.number(sight, depth - 1)],
                };
                self.numeric(Node::Call(function, xs))
            }
            16 => {
                let xs = self.some(sight, depth, 3);
                let aggregate = self.choices.one(&[Aggregate::Sum, Aggregate::Largest, Aggregate::Smallest]);
                self.numeric(Node::Across(aggregate, xs))
            }
            17 => {
                let pairs = (0..=self.choices.of(2)).map(|_| (self.number(sight, 1), self.number(sight, 1))).collect();
                self.numeric(Node::Weighted(pairs))
            }
            18 => {
                let table = self.table(sight);
                let quantity = self.number(sight, depth - 1);
                self.numeric(Node::Lookup(table, quantity))
            }
            19 => self.over_dates(sight),
            20 => self.across_samples(sight, depth),
            21 => {
                let amounts = self.some(sight, depth, 5);
                let times: Vec<f64> = (0..amounts.len()).map(|at| at as f64 * 0.75).collect();
                match self.choices.of(3) {
                    0 => self.numeric(Node::Turn(times.into_iter().zip(amounts).collect())),
                    _ => self.rate(sight, times, Payments::Each(amounts)),
                }
            }
            _ => self.through_time(sight, depth),
        }
    }

    fn across_samples(&mut self, sight: Sight, depth: usize) -> ExprId {
        let sampled = match self.choices.of(4) {
            0 => Sampled::Mean,
            1 => Sampled::Deviation,
            2 => {
                let share = self.choices.one(&[0.05, 0.5, 0.9, 1.0, 1.5]);
                Sampled::Percentile(self.build.number(share))
            }
            _ => {
                let condition = self.condition(sight, depth - 1);
                return self.build.bare(Node::AcrossSamples(Sampled::Probability, condition));
            }
        };
        let x = if self.choices.of(2) == 0 {
            let draw = self.draw(sight);
            self.build.bare(Node::Draw(draw))
        } else {
            self.number(sight, depth - 1)
        };
        self.numeric(Node::AcrossSamples(sampled, x))
    }

    fn rate(&mut self, sight: Sight, times: Vec<f64>, payments: Payments) -> ExprId {
        let ask = match self.choices.of(3) {
            0 => Ask::Only,
            1 => Ask::Count,
            _ => Ask::Nearest(self.number(sight, 1)),
        };
        self.numeric(Node::ZeroRate(ZeroRate { ask, times, payments }))
    }

    fn some(&mut self, sight: Sight, depth: usize, most: usize) -> Vec<ExprId> {
        (0..=self.choices.of(most)).map(|_| self.number(sight, depth - 1)).collect()
    }

    /// Another definition: in the same step, or a level as it opened.
    fn read(&mut self, sight: Sight) -> ExprId {
        let openable: Vec<CellId> = self.levels.iter().copied().filter(|cell| (cell.0 as usize) < sight.lagged).collect();
        if !openable.is_empty() && self.choices.of(3) == 0 {
            let cell = self.choices.one(&openable);
            return self.numeric(Node::Opened(cell));
        }
        match sight.now {
            0 => self.literal(),
            now => {
                let cell = self.cells[self.choices.of(now)];
                let unit = self.build.model.cell(cell).unit;
                let node = Node::Cell(cell);
                if unit == self.build.per_month { self.build.flow(node) } else { self.build.bare(node) }
            }
        }
    }

    fn sum(&mut self, sight: Sight, depth: usize) -> ExprId {
        let first = self.number(sight, depth - 1);
        let count = self.choices.of(3) + 1;
        let rest = (0..count).map(|_| (self.choices.one(&[Sign::Plus, Sign::Minus]), self.number(sight, depth - 1))).collect();
        self.numeric(Node::Sum(first, rest))
    }

    fn product(&mut self, sight: Sight, depth: usize) -> ExprId {
        let first = if self.choices.of(8) == 0 { self.build.bare(Node::Period) } else { self.number(sight, depth - 1) };
        let count = self.choices.of(3) + 1;
        let rest = (0..count).map(|_| (self.choices.one(&[Factor::Times, Factor::Over]), self.number(sight, depth - 1))).collect();
        self.numeric(Node::Product(first, rest))
    }

    fn condition(&mut self, sight: Sight, depth: usize) -> ExprId {
        use Comparison::{AtLeast, AtMost, Equal, Less, More, Unequal};
        let flag = self.choices.of(2) as f64;
        if depth == 0 || self.choices.done() {
            return self.build.condition(Node::Number(flag));
        }
        let node = match self.choices.of(6) {
            0 => Node::All((0..=self.choices.of(2)).map(|_| self.condition(sight, depth - 1)).collect()),
            1 => Node::Any((0..=self.choices.of(2)).map(|_| self.condition(sight, depth - 1)).collect()),
            2 => Node::Not(self.condition(sight, depth - 1)),
            _ => {
                let first = self.number(sight, depth - 1);
                let how = [Less, AtMost, More, AtLeast, Equal, Unequal];
                let count = self.choices.of(2) + 1;
                Node::Compare(first, (0..count).map(|_| (self.choices.one(&how), self.number(sight, depth - 1))).collect())
            }
        };
        self.build.condition(node)
    }

    /// A definition as a lag may read it.
    fn lagged(&mut self, sight: Sight) -> ExprId {
        match sight.lagged {
            0 => self.literal(),
            lagged => {
                let cell = self.cells[self.choices.of(lagged)];
                self.numeric(Node::Cell(cell))
            }
        }
    }

    fn through_time(&mut self, sight: Sight, depth: usize) -> ExprId {
        let period = self.build.model.grid.period();
        match self.choices.of(if sight.whole > 0 { 18 } else { 8 }) {
            0 | 1 => {
                let value = self.lagged(sight);
                let from = self.number(sight, depth - 1);
                self.numeric(Node::Opening { value, from })
            }
            2 => {
                let value = self.number(sight, depth - 1);
                let from = self.number(sight, depth - 1);
                self.numeric(Node::Change { value, from })
            }
            3 => {
                let (flow, from) = (self.number(sight, depth - 1), self.number(sight, depth - 1));
                self.numeric(Node::Accumulate { flow, from })
            }
            4 => {
                let flow = self.lagged(sight);
                let by = self.choices.one(&[1.0, 1.5, 2.0, 2.25, 40.0]) * period;
                let (by, initial) = (self.build.number(by), self.number(sight, depth - 1));
                self.numeric(Node::Delay { flow, by, order: 0, initial })
            }
            5 => {
                let flow = self.number(sight, depth - 1);
                let by = self.choices.one(&[0.0, 0.5, 1.0, -1.0, 1.25]) * period;
                let (by, initial) = (self.build.number(by), self.number(sight, depth - 1));
                self.numeric(Node::Delay { flow, by, order: 0, initial })
            }
            6 => {
                let (flow, by) = (self.lagged(sight), self.number(sight, depth - 1));
                let order = self.choices.of(3) as u32 + 1;
                let initial = self.number(sight, depth - 1);
                self.numeric(Node::Delay { flow, by, order, initial })
            }
            7 => {
                let flow = self.number(sight, depth - 1);
                let curve = self.survival(sight);
                self.numeric(Node::Cohorts { flow, curve })
            }
            8 => {
                let steps = self.steps();
                let value = self.number(sight, depth - 1);
                self.numeric(Node::Span(value, steps))
            }
            9 => {
                let (value, date) = (self.number(sight, depth - 1), self.date());
                self.numeric(Node::At(value, date))
            }
            10 => {
                let date = self.date();
                self.numeric(Node::After(date))
            }
            17 => {
                let series = self.number(sight, depth - 1);
                let times = (0..self.build.model.grid.len()).map(|step| step as f64 / 12.0).collect();
                self.rate(sight, times, Payments::Over(series))
            }
            _ => {
                use Reducer::{Average, Final, Highest, Lowest, Total, When};
                let reducer = self.choices.one(&[Total, Lowest, Highest, Average, Final, When]);
                let steps = self.steps();
                let value = if reducer == When { self.condition(sight, depth - 1) } else { self.number(sight, depth - 1) };
                self.numeric(Node::OverTime(reducer, value, steps))
            }
        }
    }

    fn steps(&mut self) -> Steps {
        let count = self.build.model.grid.len();
        let first = self.choices.of(count);
        let end = first + 1 + self.choices.of(count - first);
        Steps { first: first as u32, end: end as u32 }
    }

    /// A date, now and then outside of the timeline or within a step; or the step's own.
    fn date(&mut self) -> ExprId {
        let grid = &self.build.model.grid;
        let (start, period, count) = (grid.start(0), grid.period(), grid.len());
        let at = self.choices.of(count + 2) as f64 - 1.0 + self.choices.one(&[0.0, 0.0, 0.5, 0.1]);
        self.build.date(Node::Number(start + at * period))
    }

    fn over_dates(&mut self, sight: Sight) -> ExprId {
        let grid = &self.build.model.grid;
        let (start, period, count) = (grid.start(0), grid.period(), grid.len());
        match self.choices.of(3) {
            0 => {
                let xs = (0..count).map(|_| self.number(sight, 1)).collect();
                self.numeric(Node::List(xs))
            }
            form => {
                let mut date = start + (self.choices.of(4) as f64 - 2.0) * period;
                let mut rows = Vec::new();
                for _ in 0..=self.choices.of(3) {
                    rows.push((date, self.number(sight, 1)));
                    date += self.choices.one(&[0.5, 1.0, 2.0, 3.5]) * period;
                }
                self.numeric(if form == 1 { Node::Steps(rows) } else { Node::Linear(rows) })
            }
        }
    }

    fn table(&mut self, sight: Sight) -> TableId {
        let form = self.choices.one(&[Form::Graduated, Form::Volume, Form::Stairstep, Form::Package, Form::Curve]);
        match form {
            Form::Package => {
                let bands = vec![self.band(sight, 2.5)];
                self.build.table(form, bands)
            }
            Form::Curve => self.curve(sight),
            Form::Graduated | Form::Volume | Form::Stairstep | Form::Formula | Form::List | Form::Schedule => {
                let bounds = [0.5, 2.0, 10.0, 99.5];
                let skip = self.choices.of(bounds.len() + 1);
                let mut bands: Vec<_> = bounds[skip..].iter().map(|bound| self.band(sight, *bound)).collect();
                bands.push(self.band(sight, f64::INFINITY));
                self.build.table(form, bands)
            }
        }
    }

    /// By rows, or by a formula: a value whose steps are ages.
    fn survival(&mut self, sight: Sight) -> TableId {
        if self.choices.of(3) > 0 {
            return self.curve(sight);
        }
        let left = self.number(sight, 2);
        self.build.table(Form::Formula, vec![(0.0, left, None)])
    }

    fn curve(&mut self, sight: Sight) -> TableId {
        let ages = [-1.0, 0.0, 1.0, 2.5, 9.0, f64::INFINITY];
        let first = self.choices.of(3);
        let last = self.choices.of(4);
        let bands = ages[first..=first + last.min(5 - first)].iter().map(|age| self.band(sight, *age)).collect();
        self.build.table(Form::Curve, bands)
    }

    fn band(&mut self, sight: Sight, bound: f64) -> (f64, ExprId, Option<ExprId>) {
        let value = if self.choices.of(2) == 0 { self.literal() } else { self.number(sight, 1) };
        let flat = (self.choices.of(3) == 0).then(|| self.number(sight, 1));
        (bound, value, flat)
    }

    fn draw(&mut self, sight: Sight) -> Draw {
        use Parameter::{Deviation, High, Low, Mean, Mode, Probability, Quantile};
        let (family, given): (Family, &[Parameter]) = match self.choices.of(7) {
            0 => (Family::Normal, &[Mean, Deviation]),
            1 => (Family::Uniform, &[Low, High]),
            2 => (Family::Triangular, &[Low, Mode, High]),
            3 => (Family::Lognormal, &[Quantile(0.05), Quantile(0.95)]),
            4 => (Family::Bernoulli, &[Probability]),
            5 => (Family::Discrete, &[]),
            _ => (Family::Empirical, &[]),
        };
        let parameters = given.iter().map(|parameter| (*parameter, self.number(sight, 1))).collect();
        let mut outcomes = Vec::new();
        if given.is_empty() {
            let half = self.build.number(0.5);
            outcomes = (0..2).map(|_| (self.number(sight, 1), half)).collect();
        }
        let low = (self.choices.of(4) == 0).then(|| self.literal());
        let high = (self.choices.of(4) == 0).then(|| self.literal());
        let parts = vec![Part { family, parameters, outcomes, weight: None }];
        let mut draw = Draw { of: CellId(0), parts, low, high, each_period: self.choices.of(3) == 0 };
        // One draw for the whole timeline has parameters that don't change.
        children(&Node::Draw(draw.clone()), &mut |x| draw.each_period |= self.build.model.expr(x).shape == Shape::Series);
        draw
    }
}
