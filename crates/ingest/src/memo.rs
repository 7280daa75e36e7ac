//! Cells of few different texts, each interpreted once.

/// What texts mean, as far as they were met. The last one is the likeliest.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    known: Vec<(String, T)>,
    last: usize,
}

/// A column with more different texts is not worth remembering.
const LIMIT: usize = 256;

impl<T: Clone> Memo<T> {
    pub const fn new() -> Memo<T> {
        Memo { known: Vec::new(), last: 0 }
    }

    pub fn get(&mut self, text: &str, interpret: impl FnOnce(&str) -> T) -> T {
        if let Some((known, meaning)) = self.known.get(self.last)
            && known == text
        {
            return meaning.clone();
        }
        if let Some(at) = self.known.iter().position(|(known, _)| known == text) {
            self.last = at;
            return self.known[at].1.clone();
        }
        let meaning = interpret(text);
        if self.known.len() < LIMIT {
            self.last = self.known.len();
            self.known.push((text.to_owned(), meaning.clone()));
        }
        meaning
    }
}
