//! Search for routes: the ends of a journey, Dijkstra's search, the contraction hierarchy, and the
//! weights that bind costs and hierarchy together. Gives times between states, not answers to people.

pub(crate) mod dijkstra;
pub(crate) mod ends;
pub(crate) mod hierarchy;
pub(crate) mod weights;
