//! Units as an algebra: random units against the laws of dimensions.

use biz::quantity::{Factor, UnitId, UnitNameId, Units};
use proptest::prelude::{Strategy, any, proptest};
use proptest::{prop_assert, prop_assert_eq};

/// Units of time, two currencies and two things.
fn units() -> Units {
    let mut units = Units::default();
    for (name, currency) in [("USD", true), ("EUR", true), ("seat", false), ("token", false)] {
        units.declare(name, None, currency);
    }
    units
}

fn factor() -> impl Strategy<Value = Factor> {
    (0u32..10, -2i8..=2, any::<bool>()).prop_filter("counts", |(_, exponent, _)| *exponent != 0).prop_map(
        |(name, exponent, thousand)| Factor {
            name: UnitNameId(name),
            exponent,
            per: if thousand && name > 5 { 1000.0 } else { 1.0 },
        },
    )
}

fn factors() -> impl Strategy<Value = Vec<Factor>> {
    proptest::collection::vec(factor(), 0..4)
}

/// Whether units holds both families of time, which meet by an inexact number of days.
fn mixes_time(units: &Units, id: UnitId) -> bool {
    let has = |names: &[&str]| units.factors(id).iter().any(|f| names.contains(&units.name_of(f.name).singular.as_str()));
    has(&["month", "quarter", "year"]) && has(&["second", "hour", "day", "week"])
}

proptest! {
    #[test]
    fn what_is_multiplied_can_be_divided_again(a in factors(), b in factors()) {
        let mut units = units();
        let (a, b) = (units.intern(a, false), units.intern(b, false));
        let product = units.multiply(a, b).unwrap();
        let back = units.divide(product.unit, b).unwrap();
        let scale = units.scale(back.unit, a);
        prop_assert!(scale.is_some(), "{} × {} ÷ {}", units.text(a), units.text(b), units.text(b));
    }

    #[test]
    fn the_order_of_factors_changes_no_dimension(a in factors(), b in factors()) {
        let mut units = units();
        let (a, b) = (units.intern(a, false), units.intern(b, false));
        let (ab, ba) = (units.multiply(a, b).unwrap(), units.multiply(b, a).unwrap());
        prop_assert!(units.scale(ab.unit, ba.unit).is_some());
    }

    #[test]
    fn a_value_survives_the_way_to_the_base_and_back(a in factors(), value in -1e9..1e9f64) {
        let mut units = units();
        let a = units.intern(a, false);
        let back = units.to_shown(a, units.to_base(a, value));
        prop_assert!((back - value).abs() <= 1e-12 * value.abs(), "{value} came back as {back} in {}", units.text(a));
    }

    #[test]
    fn scaling_there_and_back_is_nothing(a in factors(), b in factors()) {
        let mut units = units();
        let (a, b) = (units.intern(a, false), units.intern(b, false));
        if let (Some(there), Some(back)) = (units.scale(a, b), units.scale(b, a)) {
            prop_assert!((there * back - 1.0).abs() < 1e-12);
        }
        prop_assert_eq!(units.scale(a, a), Some(1.0));
        prop_assert_eq!(units.scale(a, b).is_some(), units.scale(b, a).is_some());
    }

    #[test]
    fn the_product_of_amounts_is_the_amount_of_the_product(a in factors(), b in factors(), x in 0.1..1e6f64, y in 0.1..1e6f64) {
        let mut units = units();
        let (a, b) = (units.intern(a, false), units.intern(b, false));
        let joined = units.multiply(a, b).unwrap();
        if mixes_time(&units, a) || mixes_time(&units, b) {
            return Ok(());
        }
        // In base units: x·y, scaled where the two families of time met.
        let base = units.to_base(a, x) * units.to_base(b, y) * joined.scale;
        let shown = units.to_shown(joined.unit, base);
        prop_assert!((units.to_base(joined.unit, shown) - base).abs() <= 1e-12 * base.abs());
    }
}

#[test]
fn a_year_of_months_and_a_week_of_hours_are_exact() {
    let mut units = units();
    let mut of = |name: &str| {
        let name = units.find(name).expect("it is declared");
        units.intern(vec![Factor { name, exponent: 1, per: 1.0 }], false)
    };
    let (year, month, week, hour, day, second) = (of("year"), of("month"), of("week"), of("hour"), of("day"), of("second"));
    assert_eq!(units.to_base(year, 1.0) / units.to_base(month, 1.0), 12.0);
    assert_eq!(units.to_shown(hour, units.to_base(week, 1.0)), 168.0);
    assert_eq!(units.to_shown(second, units.to_base(hour, 1.0)), 3_600.0);
    // Between the families a year is 365 days.
    let days = units.to_base(year, 1.0) * units.scale(year, day).expect("both measure time");
    assert_eq!(days, 365.0);
}
