//! Means over replications and paired differences, with intervals of 95 %.

/// A mean and how far the true one may be from it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The mean over replications.
    pub mean: f64,
    /// Half the width of the 95 % interval (Student); 0 for a single replication.
    pub half_width: f64,
}

impl Estimate {
    /// Of independent values, one for each replication.
    pub fn of(values: &[f64]) -> Self {
        let count = values.len() as f64;
        if values.is_empty() {
            return Self { mean: f64::NAN, half_width: 0.0 };
        }
        let mean = values.iter().sum::<f64>() / count;
        if values.len() == 1 {
            return Self { mean, half_width: 0.0 };
        }
        let variance = values.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Self { mean, half_width: student_975(values.len() - 1) * (variance / count).sqrt() }
    }

    /// Of what the first differs from the second in the same replication, as a part of the second's mean.
    pub fn relative(values: &[f64], base: &[f64]) -> Self {
        let whole = Self::of(base).mean;
        let differences: Vec<f64> =
            values.iter().zip(base).map(|(it, base)| (it - base) / whole).collect();
        Self::of(&differences)
    }

    /// Whether the interval lies wholly on one side of zero.
    pub fn excludes_zero(&self) -> bool {
        self.mean.abs() > self.half_width && self.half_width > 0.0
    }
}

/// The 97.5 % point of Student's distribution, by the expansion around the normal one (Abramowitz and Stegun 26.7.5); right
/// to 0.01 from 4 degrees of freedom on.
fn student_975(freedom: usize) -> f64 {
    const EXACT: [f64; 3] = [12.706, 4.303, 3.182];
    if let Some(&exact) = freedom.checked_sub(1).and_then(|at| EXACT.get(at)) {
        return exact;
    }
    let (z, v) = (1.959_964_f64, freedom as f64);
    z + (z.powi(3) + z) / (4.0 * v)
        + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * v * v)
        + (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / (384.0 * v.powi(3))
}

/// The value below which a share of sorted values lies (nearest rank); nothing of none.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
}
