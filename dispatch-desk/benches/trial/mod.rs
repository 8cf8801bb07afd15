//! A bench that is only to show that it still runs, as continuous integration has it.

/// The usual load, or with `--test` the least that goes through every step.
pub(crate) fn load<T>(usual: T, least: T) -> T {
    if std::env::args().any(|arg| arg == "--test") { least } else { usual }
}
