//! The rules of dispatching: pure, synchronous, deterministic.
