//! stub
#[derive(Clone, Debug, Default)]
pub struct ExactSum(f64);
impl ExactSum { pub fn new() -> Self { Self(0.0) } pub fn add(&mut self, x: f64) { self.0 += x } pub fn merge(&mut self, o: &Self) { self.0 += o.0 } pub fn round(&self) -> f64 { self.0 } }
