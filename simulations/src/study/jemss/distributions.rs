//! Distributions and numbers as configurations of JEMSS.jl write them: `truncated(Exponential(12/60/24), 0, 1)`.
//! Times are in days.

use crate::study::distribution::Distribution;

const DAY_SECONDS: f64 = 86_400.0;
/// Brackets within brackets; configurations have two or three.
const MOST_DEPTH: usize = 16;

/// A call `name(arguments)`, a list, or a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    /// A number.
    Number(f64),
    /// `[a, b]`.
    List(Vec<Term>),
    /// `name(a, b)`.
    Call(String, Vec<Term>),
}

/// Reads a term.
///
/// # Errors
/// A sentence that fits "must be a distribution: ...".
pub(super) fn parse(text: &str) -> Result<Term, String> {
    let mut reader = Reader { rest: text.trim(), depth: 0 };
    let term = reader.sum()?;
    if reader.rest.trim().is_empty() {
        Ok(term)
    } else {
        Err(format!("nothing is expected at \"{}\"", reader.rest.trim()))
    }
}

impl Term {
    /// The number it is.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::List(_) | Self::Call(..) => None,
        }
    }

    /// The numbers of a list, also within a call such as `Categorical([...])`.
    pub(super) fn numbers(&self) -> Option<Vec<f64>> {
        match self {
            Self::Number(_) => None,
            Self::List(terms) => terms.iter().map(Self::number).collect(),
            Self::Call(_, terms) => match terms.as_slice() {
                [list @ Self::List(_)] => list.numbers(),
                terms => terms.iter().map(Self::number).collect(),
            },
        }
    }

    /// The distribution of durations it writes, from days to seconds.
    ///
    /// # Errors
    /// A sentence when it is none that is known.
    pub(super) fn distribution(&self) -> Result<Distribution, String> {
        let unknown = || {
            "it must be Exponential(m), Normal(m, s), LogNormal(m, s), a number, or truncated(one of these, least, most)"
                .to_owned()
        };
        let Self::Call(name, terms) = self else {
            let days = self.number().ok_or_else(unknown)?;
            return Ok(Distribution::constant(days * DAY_SECONDS));
        };
        let number = |at: usize| terms.get(at).and_then(Self::number);
        match (name.to_lowercase().as_str(), terms.len()) {
            ("exponential", 1) => {
                let mean = number(0).ok_or_else(unknown)?;
                Ok(Distribution::exponential(mean * DAY_SECONDS))
            }
            ("normal", 2) => {
                let (mean, deviation) = number(0).zip(number(1)).ok_or_else(unknown)?;
                if deviation == 0.0 {
                    return Ok(Distribution::constant(mean * DAY_SECONDS));
                }
                Ok(Distribution::Normal {
                    mean_seconds: mean * DAY_SECONDS,
                    deviation_seconds: deviation * DAY_SECONDS,
                    least_seconds: None,
                    most_seconds: None,
                })
            }
            ("lognormal", 2) => {
                let (mu, sigma) = number(0).zip(number(1)).ok_or_else(unknown)?;
                Ok(Distribution::LogNormal { median_seconds: mu.exp() * DAY_SECONDS, sigma })
            }
            ("truncated", 3) => {
                let bounds = number(1).zip(number(2)).ok_or_else(unknown)?;
                Ok(truncated(terms[0].distribution()?, bounds))
            }
            _ => Err(unknown()),
        }
    }
}

fn truncated(inner: Distribution, (least, most): (f64, f64)) -> Distribution {
    let seconds = |days: f64| days.is_finite().then_some(days * DAY_SECONDS);
    let (least_seconds, most_seconds) = (seconds(least), seconds(most));
    match inner {
        Distribution::Exponential { mean_seconds, .. } => {
            Distribution::Exponential { mean_seconds, least_seconds, most_seconds }
        }
        Distribution::Normal { mean_seconds, deviation_seconds, .. } => {
            Distribution::Normal { mean_seconds, deviation_seconds, least_seconds, most_seconds }
        }
        Distribution::Constant { .. } | Distribution::LogNormal { .. } => inner,
    }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn sum(&mut self) -> Result<Term, String> {
        let mut left = self.product()?;
        loop {
            let sign = match self.next() {
                Some('+') => 1.0,
                Some('-') => -1.0,
                Some(_) | None => return Ok(left),
            };
            self.skip();
            let right = self.product()?;
            left = combined(left, right, |a, b| a + sign * b)?;
        }
    }

    fn product(&mut self) -> Result<Term, String> {
        let mut left = self.single()?;
        loop {
            let divides = match self.next() {
                Some('*') => false,
                Some('/') => true,
                Some(_) | None => return Ok(left),
            };
            self.skip();
            let right = self.single()?;
            left = combined(left, right, |a, b| if divides { a / b } else { a * b })?;
        }
    }

    fn single(&mut self) -> Result<Term, String> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err("it has too many brackets within brackets".to_owned());
        }
        let term = match self.next() {
            Some('-') => {
                self.skip();
                combined(Term::Number(0.0), self.single()?, |a, b| a - b)
            }
            Some('[') => self.list(']').map(Term::List),
            Some('(') => {
                let mut inner = self.list(')')?;
                if inner.len() == 1 {
                    Ok(inner.remove(0))
                } else {
                    Err("one value is expected in ()".to_owned())
                }
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() => self.call(),
            Some(_) | None => Err(format!("a number or a name is expected at \"{}\"", self.rest)),
        };
        self.depth -= 1;
        term
    }

    fn number(&mut self) -> Result<Term, String> {
        let mut end = 0;
        let mut before = ' ';
        for (at, c) in self.rest.char_indices() {
            let exponent_sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E');
            if !(c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E') || exponent_sign) {
                break;
            }
            before = c;
            end = at + c.len_utf8();
        }
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        text.parse().map(Term::Number).map_err(|_| format!("\"{text}\" is no number"))
    }

    fn call(&mut self) -> Result<Term, String> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        match self.next() {
            Some('(') => Ok(Term::Call(name.to_owned(), self.list(')')?)),
            Some(_) | None if name.eq_ignore_ascii_case("inf") => Ok(Term::Number(f64::INFINITY)),
            Some(_) | None => Err(format!("\"(\" is expected after {name}")),
        }
    }

    fn list(&mut self, close: char) -> Result<Vec<Term>, String> {
        self.skip();
        let mut terms = Vec::new();
        loop {
            match self.next() {
                Some(c) if c == close => {
                    self.skip();
                    return Ok(terms);
                }
                Some(',' | ';') => self.skip(),
                Some(_) => terms.push(self.sum()?),
                None => return Err(format!("\"{close}\" is missing")),
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn skip(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }
}

fn combined(left: Term, right: Term, with: impl Fn(f64, f64) -> f64) -> Result<Term, String> {
    let both = left.number().zip(right.number());
    both.map(|(a, b)| Term::Number(with(a, b)))
        .ok_or_else(|| "numbers are expected around + - * /".to_owned())
}
