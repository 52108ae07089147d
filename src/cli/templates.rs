//! Templates: the examples, embedded, by the names `biz new` knows them by.

/// A model to begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    pub name: &'static str,
    pub text: &'static str,
}

/// One row an example.
macro_rules! templates {
    ($($name:literal)*) => {
        &[$(Template { name: $name, text: include_str!(concat!("../../examples/", $name, ".biz")) }),*]
    };
}

/// Every template, by name.
pub(super) const TEMPLATES: &[Template] = templates! {
    "bottling"
    "customer_service"
    "diagnosis"
    "inference"
    "market"
    "novelty"
    "predictive_maintenance"
    "recommender"
    "road_to_market"
    "robo_advisor"
    "routing"
    "security"
    "streaming"
    "subscription"
    "uncertain_plan"
};

impl Template {
    /// What it is about: the first sentence of the comment that it begins with.
    pub fn about(&self) -> String {
        let comment = self.text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
        let whole = comment.collect::<Vec<_>>().join(" ");
        let end = whole.find(". ").map_or(whole.len(), |at| at + 1);
        whole.get(..end).unwrap_or_default().trim_end_matches('.').to_owned()
    }
}
