//! Four doubles side by side in one AVX2 register, and the functions of them that the models need.
//!
//! No closure may stand on a hot path: it would be compiled without the instructions, and call each one as a function.

use pulp::x86::V3;
use std::arch::x86_64::{__m256d, __m256i, _CMP_LE_OQ, _CMP_LT_OQ};
use std::f64::consts::{FRAC_PI_2, LN_2, LOG2_E, SQRT_2};
use std::ops::{Add, Mul, Neg, Sub};

/// Four lanes. The token beside them proves that the processor has the instructions, and takes no room.
#[derive(Clone, Copy)]
pub struct X4 {
    pub simd: V3,
    pub lanes: __m256d,
}

/// Four words of 64 bits.
#[derive(Clone, Copy)]
pub struct U4 {
    pub simd: V3,
    pub words: __m256i,
}

macro_rules! operator {
    ($name:ident, $method:ident, $instruction:ident) => {
        impl $name for X4 {
            type Output = X4;
            #[inline(always)]
            fn $method(self, other: X4) -> X4 {
                self.with(self.simd.avx.$instruction(self.lanes, other.lanes))
            }
        }
        impl $name<f64> for X4 {
            type Output = X4;
            #[inline(always)]
            fn $method(self, other: f64) -> X4 {
                self.with(self.simd.avx.$instruction(self.lanes, self.same(other).lanes))
            }
        }
    };
}
operator!(Add, add, _mm256_add_pd);
operator!(Sub, sub, _mm256_sub_pd);
operator!(Mul, mul, _mm256_mul_pd);

impl Neg for X4 {
    type Output = X4;
    #[inline(always)]
    fn neg(self) -> X4 {
        self.with(self.simd.avx._mm256_xor_pd(self.lanes, self.same(-0.0).lanes))
    }
}

impl X4 {
    #[inline(always)]
    pub fn splat(simd: V3, value: f64) -> X4 {
        X4 { simd, lanes: simd.avx._mm256_set1_pd(value) }
    }

    #[inline(always)]
    pub fn same(self, value: f64) -> X4 {
        X4::splat(self.simd, value)
    }

    #[inline(always)]
    fn with(self, lanes: __m256d) -> X4 {
        X4 { simd: self.simd, lanes }
    }

    #[inline(always)]
    pub fn values(self) -> [f64; 4] {
        pulp::cast(self.lanes)
    }

    #[inline(always)]
    pub fn of(simd: V3, values: [f64; 4]) -> X4 {
        X4 { simd, lanes: pulp::cast(values) }
    }

    /// self × by + plus, rounded once.
    #[inline(always)]
    pub fn fma(self, by: X4, plus: X4) -> X4 {
        self.with(self.simd.fma._mm256_fmadd_pd(self.lanes, by.lanes, plus.lanes))
    }

    #[inline(always)]
    pub fn over(self, by: X4) -> X4 {
        self.with(self.simd.avx._mm256_div_pd(self.lanes, by.lanes))
    }

    #[inline(always)]
    pub fn min(self, other: X4) -> X4 {
        self.with(self.simd.avx._mm256_min_pd(self.lanes, other.lanes))
    }

    #[inline(always)]
    pub fn max(self, other: X4) -> X4 {
        self.with(self.simd.avx._mm256_max_pd(self.lanes, other.lanes))
    }

    #[inline(always)]
    pub fn sqrt(self) -> X4 {
        self.with(self.simd.avx._mm256_sqrt_pd(self.lanes))
    }

    /// All bits of a lane where it is below the other, else none.
    #[inline(always)]
    pub fn below(self, other: X4) -> U4 {
        self.with(self.simd.avx._mm256_cmp_pd::<_CMP_LT_OQ>(self.lanes, other.lanes)).bits()
    }

    /// All bits of a lane where it is no larger than the other, else none.
    #[inline(always)]
    pub fn up_to(self, other: X4) -> U4 {
        self.with(self.simd.avx._mm256_cmp_pd::<_CMP_LE_OQ>(self.lanes, other.lanes)).bits()
    }

    #[inline(always)]
    pub fn bits(self) -> U4 {
        U4 { simd: self.simd, words: self.simd.avx._mm256_castpd_si256(self.lanes) }
    }

    /// Coefficients from the highest power down.
    #[inline(always)]
    pub fn polynomial<const N: usize>(self, coefficients: &[f64; N]) -> X4 {
        let mut sum = self.same(coefficients[0]);
        for next in &coefficients[1..] {
            sum = sum.fma(self, self.same(*next));
        }
        sum
    }

    /// e^x, right to about 1e-15, for |x| below 700.
    #[inline(always)]
    pub fn exp(self) -> X4 {
        // Added to the double whose last bit is worth 1, a number leaves its nearest whole one in the low bits.
        let whole = self.fma(self.same(LOG2_E), self.same(SHIFTER));
        let rest = (whole - SHIFTER).fma(self.same(-LN_2), self);
        let scale = whole.bits().shifted_left::<52>();
        rest.polynomial(&EXP).bits().plus(scale).floats()
    }

    /// ln x, right to about 1e-15, for positive x of usual size.
    #[inline(always)]
    pub fn ln(self) -> X4 {
        let bits = self.bits();
        // The exponent counts from the power of two nearest below x·√2, so that the mantissa lies round 1.
        let moved = bits.plus(bits.same(1.0f64.to_bits().wrapping_sub((SQRT_2 / 2.0).to_bits())));
        let power = moved.shifted_right::<52>();
        let mantissa = bits.minus(power.minus(bits.same(1023)).shifted_left::<52>()).floats();
        let power = power.or(bits.same(TWO_52.to_bits())).floats() - (TWO_52 + 1023.0);
        let s = (mantissa - 1.0).over(mantissa + 1.0);
        power.fma(self.same(LN_2), s * (s * s).polynomial(&LN))
    }

    /// Sine and cosine of a whole turn times x, for x from 0 to 1.
    #[inline(always)]
    pub fn turn(self) -> (X4, X4) {
        let quarter = self.fma(self.same(4.0), self.same(SHIFTER));
        let rest = self.fma(self.same(4.0), -(quarter - SHIFTER));
        let square = rest * rest;
        let (sine, cosine) = (rest * square.polynomial(&SINE), square.polynomial(&COSINE));
        let quarter = quarter.bits();
        let odd = quarter.shifted_left::<63>();
        let (first, second) = (odd.choose(cosine, sine), odd.choose(sine, cosine));
        let first = first.bits().xor(quarter.shifted_right::<1>().shifted_left::<63>());
        let second = second.bits().xor(quarter.plus(quarter.same(1)).shifted_right::<1>().shifted_left::<63>());
        (first.floats(), second.floats())
    }
}

impl U4 {
    #[inline(always)]
    pub fn of(simd: V3, words: [u64; 4]) -> U4 {
        U4 { simd, words: pulp::cast(words) }
    }

    #[inline(always)]
    fn with(self, words: __m256i) -> U4 {
        U4 { simd: self.simd, words }
    }

    #[inline(always)]
    pub fn same(self, word: u64) -> U4 {
        U4::of(self.simd, [word; 4])
    }

    #[inline(always)]
    pub fn values(self) -> [u64; 4] {
        pulp::cast(self.words)
    }

    #[inline(always)]
    pub fn floats(self) -> X4 {
        X4 { simd: self.simd, lanes: self.simd.avx._mm256_castsi256_pd(self.words) }
    }

    #[inline(always)]
    pub fn plus(self, other: U4) -> U4 {
        self.with(self.simd.avx2._mm256_add_epi64(self.words, other.words))
    }

    #[inline(always)]
    pub fn minus(self, other: U4) -> U4 {
        self.with(self.simd.avx2._mm256_sub_epi64(self.words, other.words))
    }

    #[inline(always)]
    pub fn or(self, other: U4) -> U4 {
        self.with(self.simd.avx2._mm256_or_si256(self.words, other.words))
    }

    #[inline(always)]
    pub fn xor(self, other: U4) -> U4 {
        self.with(self.simd.avx2._mm256_xor_si256(self.words, other.words))
    }

    #[inline(always)]
    pub fn shifted_left<const BY: i32>(self) -> U4 {
        self.with(self.simd.avx2._mm256_slli_epi64::<BY>(self.words))
    }

    #[inline(always)]
    pub fn shifted_right<const BY: i32>(self) -> U4 {
        self.with(self.simd.avx2._mm256_srli_epi64::<BY>(self.words))
    }

    /// One number where the highest bit of a lane is set, else the other.
    #[inline(always)]
    pub fn choose(self, set: X4, clear: X4) -> X4 {
        let mask = self.floats();
        mask.with(self.simd.avx._mm256_blendv_pd(clear.lanes, set.lanes, mask.lanes))
    }

    /// The highest bits of the four lanes.
    #[inline(always)]
    pub fn mask(self) -> u64 {
        self.simd.avx._mm256_movemask_pd(self.floats().lanes) as u64
    }
}

const TWO_52: f64 = 4_503_599_627_370_496.0;
const SHIFTER: f64 = 1.5 * TWO_52;

/// 1 ÷ n!, of e^x up to the power of 12.
const EXP: [f64; 13] = [
    1.0 / 479_001_600.0, 1.0 / 39_916_800.0, 1.0 / 3_628_800.0, 1.0 / 362_880.0, 1.0 / 40_320.0, 1.0 / 5_040.0, 1.0 / 720.0, 1.0 / 120.0,
    1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0,
];
/// 2 ÷ (2n + 1), of 2 artanh s ÷ s in s².
const LN: [f64; 10] = [
    2.0 / 19.0, 2.0 / 17.0, 2.0 / 15.0, 2.0 / 13.0, 2.0 / 11.0, 2.0 / 9.0, 2.0 / 7.0, 2.0 / 5.0, 2.0 / 3.0, 2.0,
];
/// (π/2)^(2n+1) ÷ (2n + 1)! with changing signs, of sin(π/2 x) ÷ x in x².
const SINE: [f64; 8] = [
    -6.688_035_109_811_467e-10, 5.692_172_921_967_926e-8, -3.598_843_235_212_085e-6, 1.604_411_847_873_598_2e-4,
    -4.681_754_135_318_687e-3, 7.969_262_624_616_703e-2, -6.459_640_975_062_462e-1, FRAC_PI_2,
];
/// (π/2)^2n ÷ (2n)! with changing signs, of cos(π/2 x) in x².
const COSINE: [f64; 9] = [
    6.565_963_114_979_472e-11, -6.386_603_083_791_852e-9, 4.710_874_778_818_172e-7, -2.520_204_237_306_060_5e-5,
    9.192_602_748_394_265e-4, -2.086_348_076_335_296e-2, 2.536_695_079_010_48e-1, -1.233_700_550_136_169_7, 1.0,
];
