//! How a text is declared.

/// Declares texts as methods of `Words`.
///
/// ```text
/// save: "Save", "保存";                                      a fixed text
/// (who: &str) greet: "Hello {who}", "你好，{who}";            a text with places
/// [n] customers: "{n} customer", "{n} customers", "{n} 位客户";  a text that counts
/// ```
/// A counted text takes the number for its form and the number as it is to be shown.
macro_rules! words {
    () => {};
    ($name:ident: $en:literal, $zh:literal; $($rest:tt)*) => {
        #[allow(missing_docs)]
        impl super::Words {
            pub const fn $name(self) -> &'static str {
                match self.lang {
                    super::Lang::En => $en,
                    super::Lang::Zh => $zh,
                }
            }
        }
        words! { $($rest)* }
    };
    (($($place:ident: $of:ty),+) $name:ident: $en:literal, $zh:literal; $($rest:tt)*) => {
        #[allow(missing_docs)]
        impl super::Words {
            pub fn $name(self, $($place: $of),+) -> String {
                match self.lang {
                    super::Lang::En => format!($en),
                    super::Lang::Zh => format!($zh),
                }
            }
        }
        words! { $($rest)* }
    };
    ([$n:ident] $name:ident: $one:literal, $many:literal, $zh:literal; $($rest:tt)*) => {
        #[allow(missing_docs)]
        impl super::Words {
            pub fn $name(self, count: u64, $n: &str) -> String {
                match (self.lang, count) {
                    (super::Lang::Zh, _) => format!($zh),
                    (super::Lang::En, 1) => format!($one),
                    (super::Lang::En, _) => format!($many),
                }
            }
        }
        words! { $($rest)* }
    };
}
