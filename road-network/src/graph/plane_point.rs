//! Points of the spatial index: metres east and north in single precision, half the room of doubles.

use rstar::Point;

/// A point on the index's plane, metres east and north. Not an array: the crate makes arrays through a
/// closure that the compiler does not always inline, which made building the tree half as slow again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlanePoint([f32; 2]);

impl PlanePoint {
    /// The point at so many metres east and north.
    pub(crate) fn of([east_m, north_m]: [f64; 2]) -> PlanePoint {
        PlanePoint([east_m as f32, north_m as f32])
    }
}

impl Point for PlanePoint {
    type Scalar = f32;
    const DIMENSIONS: usize = 2;

    #[inline]
    fn generate(mut generator: impl FnMut(usize) -> f32) -> PlanePoint {
        let east = generator(0);
        PlanePoint([east, generator(1)])
    }

    #[inline]
    fn nth(&self, index: usize) -> f32 {
        self.0[index]
    }

    #[inline]
    fn nth_mut(&mut self, index: usize) -> &mut f32 {
        &mut self.0[index]
    }
}
