//! Why a figure is what it is, and why it is another: explanations, comparisons and differences.

mod compare;
mod diff;
mod explain;
mod factors;

use biz::report::Split;

/// The text of an example.
pub fn example(name: &str) -> String {
    std::fs::read_to_string(format!("{}/examples/{name}.biz", env!("CARGO_MANIFEST_DIR"))).expect("it is there")
}

pub fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What a split adds up to is its difference, and the difference is the wanted one.
#[track_caller]
pub fn adds_up(split: &Split, wanted: f64) {
    let difference = split.difference.expect("a difference");
    let sum = split.effects.iter().map(|effect| effect.expect("an effect")).sum::<f64>() + split.interaction.expect("a remainder");
    let size = split.effects.iter().flatten().fold(difference.abs(), |size, effect| size.max(effect.abs()));
    assert!((sum - difference).abs() <= 1e-12 * size, "{sum} is not {difference}");
    assert!((difference - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{difference} is not {wanted}");
}

/// The effects, to nine digits.
#[track_caller]
pub fn effects(split: &Split, wanted: &[f64], interaction: f64) {
    let found: Vec<f64> = split.effects.iter().map(|effect| effect.expect("an effect")).chain(split.interaction).collect();
    let wanted: Vec<f64> = wanted.iter().copied().chain([interaction]).collect();
    assert_eq!(found.len(), wanted.len());
    assert!(found.iter().zip(&wanted).all(|(found, wanted)| (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)), "{found:?} is not {wanted:?}");
}
