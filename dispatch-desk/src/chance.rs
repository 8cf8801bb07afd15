//! Chance, for names that must never meet their like, salts, keys and tokens: the one place that draws. What must
//! repeat in a simulation draws from a seeded generator instead.

use crate::simulated;
use rand::distr::{Distribution, StandardUniform};

/// A fresh value that nobody can guess.
#[expect(clippy::disallowed_methods, reason = "the one place that draws")]
pub fn random<T>() -> T
where
    StandardUniform: Distribution<T>,
{
    simulated::draw().unwrap_or_else(rand::random)
}
