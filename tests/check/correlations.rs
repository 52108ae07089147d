//! Groups of correlated names, as the model holds them.

use crate::support::read;
use biz::check::MOST_TIED;
use biz::numeric::correlation::of_scores;

#[test]
fn lines_make_groups_in_the_order_of_paths() {
    let text = "z ~ 1 to 2\na ~ 1 to 2\nm ~ 1 to 2\nq ~ 1 to 2\nv ~ normal(0, 1) each period\nw ~ normal(0, 1) each period\n\
                correlate z, a by 0.5\ncorrelate v, w by -1\ncorrelate m, z by -0.25\n";
    let read = read(text);
    let model = read.model.expect("it is a model");
    let groups: Vec<(Vec<&str>, bool)> = model
        .correlations
        .iter()
        .map(|group| (group.members.iter().map(|cell| model.cell(*cell).path.as_str()).collect(), group.each_period))
        .collect();
    assert_eq!(groups, [(vec!["a", "m", "z"], false), (vec!["v", "w"], true)]);
    let (half, quarter) = (of_scores(0.5), of_scores(-0.25));
    assert_eq!(model.correlations[0].matrix.entries(), [1.0, 0.0, half, 0.0, 1.0, quarter, half, quarter, 1.0]);
    assert!(model.correlations.iter().all(|group| group.matrix.factor().is_some()));
}

/// What mends a contradiction has to mend it: each fix of each mistake is applied and checked again.
#[test]
fn mends_of_contradictions_hold() {
    let text = std::fs::read_to_string("tests/check/fixtures/contradictions.biz").expect("it is a text");
    let mistakes = |text: &str| read(text).mistakes;
    let found = mistakes(&text);
    assert!(found.len() > 3, "{found:?}");
    for mistake in &found {
        for fix in &mistake.fixes {
            let mut mended = text.clone();
            for edit in &fix.edits {
                let span = edit.at.span;
                mended.replace_range(span.start as usize..span.end as usize, &edit.text);
            }
            assert_eq!(mistakes(&mended).len(), found.len() - 1, "{}", fix.title);
        }
    }
}

#[test]
fn two_hundred_names_hang_together_and_no_more() {
    let chain = |count: usize| {
        let names = (0..count).map(|at| format!("n{at} ~ 1 to 2\n"));
        let lines = (1..count).map(|at| format!("correlate n{}, n{at} by 0.4\n", at - 1));
        names.chain(lines).collect::<String>()
    };
    assert!(read(&chain(MOST_TIED)).mistakes.is_empty());
    let codes: Vec<_> = read(&chain(MOST_TIED + 1)).mistakes.iter().map(|mistake| mistake.code.0).collect();
    assert_eq!(codes, ["BIZ0506"]);
}
