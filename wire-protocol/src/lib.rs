//! The messages between vehicle agent, dispatch server and dispatcher console.
