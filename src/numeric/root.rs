//! A root between two bounds.

/// The x between `a` and `b` where `f` changes sign, to the last places; `None` when it has the same sign at both.
///
/// Chandrupatla's method (1997): inverse quadratic interpolation where it is safe, else halving; it never leaves the
/// bracket, so it always ends.
pub(crate) fn root(f: impl Fn(f64) -> f64, a: f64, b: f64) -> Option<f64> {
    let (mut newest, mut other) = (Point::at(&f, a), Point::at(&f, b));
    if newest.y == 0.0 {
        return Some(a);
    }
    if other.y == 0.0 {
        return Some(b);
    }
    if !(newest.y * other.y.signum() < 0.0) {
        return None;
    }
    let mut share = 0.5;
    for _ in 0..300 {
        let tried = Point::at(&f, newest.x + share * (other.x - newest.x));
        if tried.y.is_nan() {
            return None;
        }
        let oldest;
        if (tried.y > 0.0) == (newest.y > 0.0) {
            oldest = newest;
        } else {
            oldest = other;
            other = newest;
        }
        newest = tried;
        let best = if other.y.abs() < newest.y.abs() { other } else { newest };
        let least = (4.0 * f64::EPSILON * best.x.abs() + f64::MIN_POSITIVE) / (other.x - newest.x).abs();
        if best.y == 0.0 || !(least <= 0.5) {
            return Some(best.x);
        }
        share = next_share(newest, other, oldest).clamp(least, 1.0 - least);
    }
    Some(newest.x)
}

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

impl Point {
    fn at(f: impl Fn(f64) -> f64, x: f64) -> Self {
        Self { x, y: f(x) }
    }
}

/// How far from `newest` towards `other` to try next.
fn next_share(newest: Point, other: Point, oldest: Point) -> f64 {
    let xi = (newest.x - other.x) / (oldest.x - other.x);
    let phi = (newest.y - other.y) / (oldest.y - other.y);
    if !(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi) {
        return 0.5;
    }
    newest.y / (other.y - newest.y) * oldest.y / (other.y - oldest.y)
        + (oldest.x - newest.x) / (other.x - newest.x) * newest.y / (oldest.y - newest.y) * other.y
            / (oldest.y - other.y)
}
