//! A small writer of OpenStreetMap PBF files, so that tests bring their own extracts.

/// One block of a file under construction.
#[derive(Default)]
pub(crate) struct Extract {
    texts: Vec<Vec<u8>>,
    nodes: Vec<u8>,
    ways: Vec<u8>,
    relations: Vec<u8>,
}

/// What a relation names: kind (0 point, 1 way), id, role.
pub(crate) type Member<'a> = (u64, i64, &'a str);

impl Extract {
    pub(crate) fn new() -> Extract {
        Extract { texts: vec![Vec::new()], ..Extract::default() }
    }

    fn text(&mut self, text: &str) -> u64 {
        let found = self.texts.iter().position(|it| it == text.as_bytes());
        found.unwrap_or_else(|| {
            self.texts.push(text.as_bytes().to_vec());
            self.texts.len() - 1
        }) as u64
    }

    fn tags(&mut self, tags: &str) -> [Vec<u8>; 2] {
        let mut lists = [Vec::new(), Vec::new()];
        for (key, value) in tags.split(' ').filter_map(|pair| pair.split_once('=')) {
            // A low line stands for a blank, which here divides the tags.
            let (key, value) = (self.text(key), self.text(&value.replace("__", " ")));
            varint(&mut lists[0], key);
            varint(&mut lists[1], value);
        }
        lists
    }

    pub(crate) fn node(&mut self, id: i64, lon: f64, lat: f64, tags: &str) {
        let [keys, values] = self.tags(tags);
        let mut node = Vec::new();
        number(&mut node, 1, zigzag(id));
        bytes(&mut node, 2, &keys);
        bytes(&mut node, 3, &values);
        number(&mut node, 8, zigzag((lat * 1e7).round() as i64));
        number(&mut node, 9, zigzag((lon * 1e7).round() as i64));
        bytes(&mut self.nodes, 1, &node);
    }

    pub(crate) fn way(&mut self, id: i64, points: &[i64], tags: &str) {
        self.way_with(id, points, tags, &[]);
    }

    /// A way that carries the places of its points, as the feature LocationsOnWays writes them.
    pub(crate) fn way_with(&mut self, id: i64, points: &[i64], tags: &str, places: &[(f64, f64)]) {
        let [keys, values] = self.tags(tags);
        let mut refs = Vec::new();
        let mut last = 0;
        for point in points {
            varint(&mut refs, zigzag(point - last));
            last = *point;
        }
        let mut way = Vec::new();
        number(&mut way, 1, id as u64);
        bytes(&mut way, 2, &keys);
        bytes(&mut way, 3, &values);
        bytes(&mut way, 8, &refs);
        let deltas = |values: &mut dyn Iterator<Item = f64>| {
            let (mut out, mut last) = (Vec::new(), 0);
            for value in values {
                let value = (value * 1e7).round() as i64;
                varint(&mut out, zigzag(value - last));
                last = value;
            }
            out
        };
        if !places.is_empty() {
            bytes(&mut way, 9, &deltas(&mut places.iter().map(|it| it.1)));
            bytes(&mut way, 10, &deltas(&mut places.iter().map(|it| it.0)));
        }
        bytes(&mut self.ways, 3, &way);
    }

    /// The whole file with another way of writing down its data block: the field of the blob that holds it.
    pub(crate) fn file_compressed_as(&self, field: u64) -> Vec<u8> {
        let mut header = Vec::new();
        bytes(&mut header, 4, b"OsmSchema-V0.6");
        let mut file = frame("OSMHeader", &header);
        file.extend(frame_of("OSMData", field, b"unread"));
        file
    }

    /// A way that was deleted, as files with history keep it.
    pub(crate) fn deleted_way(&mut self, id: i64, tags: &str) {
        let [keys, values] = self.tags(tags);
        let (mut info, mut way) = (Vec::new(), Vec::new());
        number(&mut info, 6, 0);
        number(&mut way, 1, id as u64);
        bytes(&mut way, 2, &keys);
        bytes(&mut way, 3, &values);
        bytes(&mut way, 4, &info);
        bytes(&mut self.ways, 3, &way);
    }

    pub(crate) fn relation(&mut self, id: i64, members: &[Member<'_>], tags: &str) {
        let [keys, values] = self.tags(tags);
        let (mut roles, mut ids, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        let mut last = 0;
        for (kind, id, role) in members {
            let role = self.text(role);
            varint(&mut roles, role);
            varint(&mut ids, zigzag(id - last));
            varint(&mut kinds, *kind);
            last = *id;
        }
        let mut relation = Vec::new();
        number(&mut relation, 1, id as u64);
        bytes(&mut relation, 2, &keys);
        bytes(&mut relation, 3, &values);
        bytes(&mut relation, 8, &roles);
        bytes(&mut relation, 9, &ids);
        bytes(&mut relation, 10, &kinds);
        bytes(&mut self.relations, 4, &relation);
    }

    /// The whole file.
    pub(crate) fn file(&self) -> Vec<u8> {
        self.file_needing("OsmSchema-V0.6")
    }

    pub(crate) fn file_needing(&self, feature: &str) -> Vec<u8> {
        let mut header = Vec::new();
        bytes(&mut header, 4, feature.as_bytes());
        let mut texts = Vec::new();
        self.texts.iter().for_each(|text| bytes(&mut texts, 1, text));
        let mut block = Vec::new();
        bytes(&mut block, 1, &texts);
        for group in [&self.nodes, &self.ways, &self.relations] {
            bytes(&mut block, 2, group);
        }
        let mut file = frame("OSMHeader", &header);
        file.extend(frame("OSMData", &block));
        file
    }
}

fn frame(kind: &str, content: &[u8]) -> Vec<u8> {
    frame_of(kind, 1, content)
}

fn frame_of(kind: &str, field: u64, content: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    bytes(&mut blob, field, content);
    let mut header = Vec::new();
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, blob.len() as u64);
    let mut frame = (header.len() as u32).to_be_bytes().to_vec();
    frame.extend(header);
    frame.extend(blob);
    frame
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn bytes(out: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, content.len() as u64);
    out.extend(content);
}
