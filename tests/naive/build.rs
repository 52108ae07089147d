//! Builds checked models by hand, for tests that must not wait for a parser.

use biz::calendar::{Grid, Period, Step};
use biz::check::model::{
    Band, Cell, CellId, Choices, Content, Expr, ExprId, Form, Model, Node, Origin, Payments, Role, Sampled, Scenario, ScenarioId,
    Shape, Table, TableId, Type, ZeroRate, children,
};
use biz::quantity::{Factor, UnitId, Units};
use biz::text::Location;

pub struct Build {
    pub model: Model,
    /// `/month`, whatever the grid.
    pub per_month: UnitId,
}

impl Build {
    /// A timeline of so many steps from January 2026.
    pub fn new(steps: u8, step: Step) -> Self {
        let months = match step {
            Step::Month => u32::from(steps),
            Step::Quarter => u32::from(steps) * 3,
            Step::Year => u32::from(steps) * 12,
            Step::Day | Step::Week => panic!("the builder counts in months"),
        };
        let last = months - 1;
        let until = Period::Month(2026 + (last / 12) as i32, (last % 12) as u8 + 1);
        let grid = Grid::new(Period::Month(2026, 1), until, step).unwrap();
        assert_eq!(grid.len(), usize::from(steps));
        let mut units = Units::default();
        let month = units.find("month").unwrap();
        let per_month = units.intern(vec![Factor { name: month, exponent: -1, per: 1.0 }], false);
        let model = Model {
            name: None,
            title: None,
            grid,
            units,
            exprs: Vec::new(),
            cells: Vec::new(),
            tables: Vec::new(),
            choices: Choices::default(),
            instances: Vec::new(),
            scenarios: Vec::new(),
            requirements: Vec::new(),
            tests: Vec::new(),
            statements: Vec::new(),
            correlations: Vec::new(),
            goals: Vec::new(),
            queries: Vec::new(),
            supposed: Default::default(),
        };
        Self { model, per_month }
    }

    /// A bare number.
    pub fn bare(&mut self, node: Node) -> ExprId {
        self.push(node, UnitId::NONE, Type::Number)
    }

    /// A number per month.
    pub fn flow(&mut self, node: Node) -> ExprId {
        self.push(node, self.per_month, Type::Number)
    }

    pub fn condition(&mut self, node: Node) -> ExprId {
        self.push(node, UnitId::NONE, Type::Condition)
    }

    pub fn date(&mut self, node: Node) -> ExprId {
        self.push(node, UnitId::NONE, Type::Date)
    }

    pub fn number(&mut self, value: f64) -> ExprId {
        self.bare(Node::Number(value))
    }

    /// Whether something per time is a level all the same.
    fn stands(&self, node: &Node) -> bool {
        match node {
            Node::Accumulate { .. } | Node::Cohorts { .. } | Node::Opened(_) => true,
            Node::Cell(cell) | Node::Base(cell, _) => match self.model.cells.get(cell.0 as usize).map(|cell| cell.content) {
                Some(Content::Computed(expr)) => !self.model.expr(expr).flows,
                _ => false,
            },
            _ => false,
        }
    }

    pub fn push(&mut self, node: Node, unit: UnitId, ty: Type) -> ExprId {
        let shape = self.shape(&node);
        let flows = ty == Type::Number && self.model.units.is_flow(unit) && !self.stands(&node);
        self.model.exprs.push(Expr { node, unit, ty, shape, flows, at: Location::default() });
        ExprId(self.model.exprs.len() as u32 - 1)
    }

    /// A definition.
    pub fn cell(&mut self, expr: ExprId) -> CellId {
        let cell = self.hole();
        self.fill(cell, expr);
        cell
    }

    /// A definition whose right side follows.
    pub fn hole(&mut self) -> CellId {
        let id = CellId(self.model.cells.len() as u32);
        self.model.cells.push(Cell {
            path: format!("c{}", id.0),
            instance: None,
            doc: None,
            at: Location::default(),
            origin: Origin::Model,
            content: Content::Missing,
            unit: UnitId::NONE,
            role: Role::Other,
            touched: true,
        });
        id
    }

    pub fn fill(&mut self, cell: CellId, expr: ExprId) {
        let unit = self.model.expr(expr).unit;
        let cell = &mut self.model.cells[cell.0 as usize];
        cell.content = Content::Computed(expr);
        cell.unit = unit;
    }

    pub fn table(&mut self, form: Form, bands: Vec<(f64, ExprId, Option<ExprId>)>) -> TableId {
        let bands = bands.into_iter().map(|(bound, value, flat)| Band { bound, value, flat }).collect();
        self.model.tables.push(Table { form, bands, at: Location::default() });
        TableId(self.model.tables.len() as u32 - 1)
    }

    pub fn scenario(&mut self, contents: Vec<(CellId, ExprId)>) -> ScenarioId {
        self.model.scenarios.push(Scenario {
            name: Some(format!("s{}", self.model.scenarios.len())),
            title: None,
            extends: None,
            written: contents.iter().map(|(cell, _)| *cell).collect(),
            contents: contents.into_iter().map(|(cell, expr)| (cell, Content::Computed(expr))).collect(),
            at: Location::default(),
        });
        ScenarioId(self.model.scenarios.len() as u32 - 1)
    }

    /// As the checker finds it; a definition that isn't filled yet will be a series.
    fn shape(&self, node: &Node) -> Shape {
        let of = |id: ExprId| self.model.expr(id).shape;
        match node {
            Node::Time | Node::Opened(_) | Node::Growing { .. } | Node::Opening { .. } | Node::Change { .. } => Shape::Series,
            Node::Accumulate { .. } | Node::Delay { .. } | Node::Cohorts { .. } | Node::After(_) => Shape::Series,
            Node::Steps(_) | Node::Linear(_) | Node::List(_) => Shape::Series,
            Node::OverTime(..) | Node::Span(..) | Node::At(..) => Shape::Constant,
            Node::AcrossSamples(Sampled::Percentile(share), x) => of(*share).max(of(*x)),
            Node::ZeroRate(ZeroRate { payments: Payments::Over(_), .. }) => Shape::Constant,
            Node::Draw(draw) => if draw.each_period { Shape::Series } else { Shape::Constant },
            Node::Cell(cell) | Node::Base(cell, _) => match self.model.cell(*cell).content {
                Content::Computed(expr) => of(expr),
                _ => Shape::Series,
            },
            other => {
                let mut shape = Shape::Constant;
                children(other, &mut |child| shape = shape.max(of(child)));
                if let Node::Lookup(table, _) = other {
                    let bands = &self.model.table(*table).bands;
                    bands.iter().for_each(|band| shape = shape.max(of(band.value)));
                    bands.iter().filter_map(|band| band.flat).for_each(|flat| shape = shape.max(of(flat)));
                }
                shape
            }
        }
    }
}
