//! Which modules of a crate name which others, read from the `crate::`, `super::` and `self::` paths of its
//! sources. Test code is left out; a name that a module hands on by `use` leads to where it comes from.

use crate::metadata::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A module by the names that lead to it from the crate's root, which has none.
pub(crate) type Module = Vec<String>;

/// The modules of one crate.
pub(crate) struct Modules {
    /// The source of each, without comments and tests.
    sources: BTreeMap<Module, String>,
    /// By module: what its `use` lines bring into it, each name with the path it stands for.
    brought: BTreeMap<Module, BTreeMap<String, Vec<String>>>,
}

/// A name is handed on by at most so many modules before it is found; more would be a circle.
const MOST_HANDS: usize = 8;

impl Modules {
    /// Reads the crate in this folder of the repository.
    pub(crate) fn of(folder: &str) -> Modules {
        let mut sources = BTreeMap::new();
        read(&root().join(folder).join("src"), &mut Vec::new(), &mut sources);
        let mut modules = Modules { sources, brought: BTreeMap::new() };
        let names = |module: &Module| -> BTreeMap<String, Vec<String>> {
            let uses = use_lines(&modules.sources[module]);
            let paths = uses.into_iter().flat_map(tree);
            let absolute = paths.filter_map(|path| modules.path_from_root(module, path));
            absolute.filter_map(|path| Some((path.last()?.clone(), path))).collect()
        };
        modules.brought = modules.sources.keys().map(|it| (it.clone(), names(it))).collect();
        modules
    }

    /// How many modules were read.
    pub(crate) fn count(&self) -> usize {
        self.sources.len()
    }

    /// Every pair of modules of which the first names the second or something in it.
    pub(crate) fn edges(&self) -> BTreeSet<(Module, Module)> {
        let mut edges = BTreeSet::new();
        for (module, source) in &self.sources {
            for start in ["crate::", "super::", "self::"] {
                for (at, _) in source.match_indices(start) {
                    if ends_in_name(&source[..at]) || source[..at].ends_with("::") {
                        continue;
                    }
                    for path in tree(&source[at..]) {
                        let home = self.path_from_root(module, path).map(|path| self.home(path));
                        edges.extend(home.map(|home| (module.clone(), home)));
                    }
                }
            }
        }
        edges
    }

    /// The path from the crate's root; `None` for one that leads out of the crate.
    fn path_from_root(&self, module: &Module, path: Vec<String>) -> Option<Vec<String>> {
        let mut whole = module.clone();
        let mut names = path.into_iter().peekable();
        match names.peek().map(String::as_str)? {
            "crate" => whole.clear(),
            "self" | "super" => {}
            first => {
                whole.push(first.to_owned());
                let is_child = self.sources.contains_key(&whole);
                whole.pop();
                if !is_child {
                    return None;
                }
            }
        }
        for name in names {
            match name.as_str() {
                "crate" | "self" => {}
                "super" => {
                    whole.pop()?;
                }
                _ => whole.push(name),
            }
        }
        Some(whole)
    }

    /// The module in which what a path names is written.
    fn home(&self, mut path: Vec<String>) -> Module {
        for _ in 0..MOST_HANDS {
            let mut length = path.len();
            while !self.sources.contains_key(&path[..length]) {
                length -= 1;
            }
            let name = path.get(length);
            let handed_on = name.and_then(|name| self.brought.get(&path[..length])?.get(name));
            match handed_on.filter(|it| it[..] != path[..=length]) {
                Some(further) => {
                    let rest = path.split_off(length + 1);
                    path = further.iter().cloned().chain(rest).collect();
                }
                None => return path[..length].to_vec(),
            }
        }
        panic!("{} is handed on in a circle", path.join("::"))
    }
}

fn read(folder: &Path, module: &mut Module, sources: &mut BTreeMap<Module, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let is_test = name == "tests" || name.ends_with("_tests") || name.starts_with("test_");
        if is_test || (module.is_empty() && name == "main") {
            continue;
        }
        let is_root_of_folder = name == "mod" || (module.is_empty() && name == "lib");
        if !is_root_of_folder {
            module.push(name);
        }
        if path.is_dir() {
            read(&path, module, sources);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            sources.insert(module.clone(), code(&text));
        }
        if !is_root_of_folder {
            module.pop();
        }
    }
}

/// The text without comments, and without the module of tests at its end.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_test = line.trim() == "#[cfg(test)]";
        let next = lines.peek().copied().unwrap_or_default();
        if is_test && next.starts_with("mod ") && next.ends_with('{') {
            break;
        }
        if is_test {
            // One item of tests: a module of its own file, an import or a function that follows.
            lines.next();
            continue;
        }
        code.push_str(line.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

/// The trees of all `use` lines that stand at the beginning of a line.
fn use_lines(source: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    for (at, _) in source.match_indices("use ") {
        let line = source[..at].rsplit('\n').next().unwrap_or_default();
        if line.is_empty() || line.starts_with("pub") {
            lines.push(&source[at + "use ".len()..]);
        }
    }
    lines
}

fn ends_in_name(text: &str) -> bool {
    text.chars().next_back().is_some_and(|it| it.is_alphanumeric() || it == '_')
}

/// Every path of the tree that a text begins with: `a::{b, c::d as e}` is `a::b` and `a::c::d`.
fn tree(text: &str) -> Vec<Vec<String>> {
    let mut rest = text;
    let mut paths = Vec::new();
    branch(&mut rest, &[], &mut paths);
    paths
}

fn branch(rest: &mut &str, before: &[String], paths: &mut Vec<Vec<String>>) {
    let mut path = before.to_vec();
    loop {
        *rest = rest.trim_start();
        if let Some(inside) = rest.strip_prefix('{') {
            *rest = inside;
            while !rest.trim_start().starts_with('}') && !rest.is_empty() {
                branch(rest, &path, paths);
                *rest = rest.trim_start().trim_start_matches(|it| it != ',' && it != '}');
                *rest = rest.strip_prefix(',').unwrap_or(rest);
            }
            *rest = rest.trim_start().strip_prefix('}').unwrap_or_default();
            return;
        }
        let length = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
        if length > 0 {
            path.push(rest[..length].to_owned());
        }
        *rest = &rest[length..];
        match rest.strip_prefix("::") {
            Some(further) if length > 0 => *rest = further,
            _ => break,
        }
    }
    paths.push(path);
}
