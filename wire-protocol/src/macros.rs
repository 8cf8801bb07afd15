/// Derives what every wire type has, with the OpenAPI schema where the server asks for it.
macro_rules! wire {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            #[serde(rename_all = "snake_case")]
            $item
        )*
    };
}

/// A word list: a closed set of snake_case words, small and copyable.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
                serde::Serialize, serde::Deserialize,
            )]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            #[serde(rename_all = "snake_case")]
            pub enum $name { $($(#[$vdoc])* $variant),+ }

            impl $name {
                /// Every word of the list, in the order screens show them.
                pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            }
        )*
    };
}
