//! The vectors this machine has, chosen when the program runs: the only user of `pulp`.

pub use pulp::{Scalar, Simd};
use pulp::bytemuck::{Pod, bytes_of, cast_slice, cast_slice_mut};
use pulp::{Arch, WithSimd};

/// Work over rows. Its `run` and all that it calls must be `#[inline(always)]`: what is inlined is compiled once for each
/// kind of machine; what is merely called stays as it is for the least of them. It is written in vectors of any width, or in
/// plain loops, where the compiler finds the vectors by itself.
///
/// A trait and not a closure, since the compiler may decline to inline a closure, or a function handed down as a value:
/// that cost half of the speed before anyone saw it.
pub trait Kernel {
    /// What it gives.
    type Output;

    /// Does the work. Mark the implementation `#[inline(always)]`.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// Runs the kernel in vectors of up to four numbers. The bits are those of a plain call: the compiler may not contract,
/// reorder or approximate `+ − × ÷ √`. One call costs some nanoseconds, so make it once a row.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return Simd::vectorize(simd, Work(kernel));
    }
    Arch::new().dispatch(Work(kernel))
}

/// Runs the kernel in the widest vectors of this machine, up to eight numbers, with the same bits. Each width is compiled apart,
/// so this is for the few kernels in which most of the time is spent.
#[inline]
pub fn dispatch_wide<K: Kernel>(kernel: K) -> K::Output {
    Arch::new().dispatch(Work(kernel))
}

struct Work<K>(K);

impl<K: Kernel> WithSimd for Work<K> {
    type Output = K::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> K::Output {
        self.0.run(simd)
    }
}

/// The lanes of a mask that is kept as a bit a lane, the first lowest.
#[inline(always)]
pub fn bits<S: Simd>(mask: S::m64s) -> u64 {
    bytes_of(&mask).first().copied().map_or(0, u64::from)
}

/// Rows of a value a lane, turned so that the values of each lane lie side by side. Only for
/// [`dispatch`]: in vectors of eight, `pulp` 0.22.3 puts the lanes in another order.
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
    use super::{Interleaved, Kernel, Simd, dispatch};

    struct Turn;

    impl Kernel for Turn {
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
        dispatch(Turn);
        Turn.run(super::Scalar::new());
    }
}
