//! Gateway for JT/T 808 vehicle terminals: what they say becomes fixes and presses of the agent's link, orders
//! become messages that they can show.
//!
//! | module | what always holds there |
//! |---|---|
//! | `jt808` | Codec alone: bytes to messages and back. No clock, no socket, no vehicle; reads tolerantly, writes strictly. |

pub mod jt808;
