//! The widest vectors this machine has, chosen when the program runs: the only user of `pulp`.

pub use pulp::{Scalar, Simd};
use pulp::bytemuck::{Pod, cast_slice, cast_slice_mut};
use pulp::{Arch, WithSimd};

/// Work over rows. Its `run` and all that it calls must be `#[inline(always)]`: what is inlined is compiled once for each
/// kind of machine; what is merely called stays as it is for the least of them.
///
/// A trait and not a closure, since the compiler may decline to inline a closure, or a function handed down as a value:
/// that cost half of the speed before anyone saw it.
pub trait Kernel {
    /// What it gives.
    type Output;

    /// Does the work. Mark the implementation `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

/// Runs the kernel with all that this machine's vectors can do. The bits are those of a plain call: the compiler may
/// not contract, reorder or approximate `+ − × ÷ √`. One call costs some nanoseconds, so make it once a row.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    Arch::new().dispatch(Vectorised(kernel))
}

struct Vectorised<K>(K);

impl<K: Kernel> WithSimd for Vectorised<K> {
    type Output = K::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> K::Output {
        self.0.run()
    }
}

/// Work written in vectors of any width, where the compiler does not find them by itself. As a [`Kernel`], its `run` and
/// all that it calls must be `#[inline(always)]`.
pub trait VectorKernel {
    /// What it gives.
    type Output;

    /// Does the work. Mark the implementation `#[inline(always)]`.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// Runs the kernel in the widest vectors of this machine; the bits are those of any other width.
#[inline]
pub fn dispatch_vectors<K: VectorKernel>(kernel: K) -> K::Output {
    Arch::new().dispatch(Vectors(kernel))
}

struct Vectors<K>(K);

impl<K: VectorKernel> WithSimd for Vectors<K> {
    type Output = K::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> K::Output {
        self.0.run(simd)
    }
}

/// Rows of a value a lane, turned so that the values of each lane lie side by side.
pub struct Interleaved<S: Simd, const ROWS: usize>([S::f64s; ROWS]);

#[allow(clippy::indexing_slicing, reason = "there are as many as lanes")]
impl<S: Simd, const ROWS: usize> Interleaved<S, ROWS>
where
    [S::f64s; ROWS]: Pod,
{
    /// Turns some rows.
    #[inline(always)]
    pub fn of(simd: S, rows: [S::f64s; ROWS]) -> Self {
        Self(simd.interleave_shfl_f64s(rows))
    }

    /// Zero in all of them.
    #[inline(always)]
    pub fn zero(simd: S) -> Self {
        Self([simd.splat_f64s(0.0); ROWS])
    }

    /// The value of a lane in each row.
    #[inline(always)]
    pub fn lane(&self, lane: usize) -> &[f64; ROWS] {
        &cast_slice::<S::f64s, f64>(&self.0).as_chunks().0[lane]
    }

    /// The value of a lane in each row, to be set.
    #[inline(always)]
    pub fn lane_mut(&mut self, lane: usize) -> &mut [f64; ROWS] {
        &mut cast_slice_mut::<S::f64s, f64>(&mut self.0).as_chunks_mut().0[lane]
    }

    /// Turns them back into rows.
    #[inline(always)]
    pub fn rows(self, simd: S) -> [S::f64s; ROWS] {
        simd.deinterleave_shfl_f64s(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Interleaved, Simd, VectorKernel, dispatch_vectors};

    struct Turn;

    impl VectorKernel for Turn {
        type Output = ();

        #[inline(always)]
        fn run<S: Simd>(self, simd: S) {
            let value = |row: usize, lane: usize| (10 * row + lane) as f64;
            let mut rows = [simd.splat_f64s(0.0); 4];
            for (row, vector) in rows.iter_mut().enumerate() {
                let lanes: Vec<f64> = (0..S::F64_LANES).map(|lane| value(row, lane)).collect();
                *vector = simd.partial_load_f64s(&lanes);
            }
            let turned = Interleaved::<S, 4>::of(simd, rows);
            let mut copy = Interleaved::<S, 4>::zero(simd);
            for lane in 0..S::F64_LANES {
                assert_eq!(*turned.lane(lane), [0, 1, 2, 3].map(|row| value(row, lane)));
                *copy.lane_mut(lane) = *turned.lane(lane);
            }
            for (row, vector) in copy.rows(simd).into_iter().enumerate() {
                let mut lanes = vec![0.0; S::F64_LANES];
                simd.partial_store_f64s(&mut lanes, vector);
                assert_eq!(lanes, (0..S::F64_LANES).map(|lane| value(row, lane)).collect::<Vec<f64>>());
            }
        }
    }

    #[test]
    fn turned_rows_are_lanes_and_back_again() {
        dispatch_vectors(Turn);
        Turn.run(super::Scalar::new());
    }
}
