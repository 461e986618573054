use std::collections::BTreeSet;

pub struct Keys(BTreeSet<Vec<u8>>);

impl Keys {
    /// Reads a JSON array of strings, or one key a line.
    pub fn parse(body: &[u8]) -> Result<Self, String> {
        let body = body.trim_ascii();
        if body.starts_with(b"[") {
            let keys: Vec<String> = serde_json::from_slice(body).map_err(|e| e.to_string())?;
            return Ok(Self(keys.into_iter().map(String::into_bytes).collect()));
        }
        let lines = body.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
        let keys = lines.filter(|key| !key.is_empty());
        Ok(Self(keys.map(<[u8]>::to_vec).collect()))
    }

    pub fn contains(&self, key: &[u8]) -> bool {
        self.0.contains(key)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_json_give_the_same_keys() {
        for body in ["k1\r\n\nk2\nk1\n", " [\"k1\", \"k2\"]\n"] {
            let keys = Keys::parse(body.as_bytes()).unwrap();
            assert_eq!(keys.len(), 2);
            assert!(keys.contains(b"k1") && keys.contains(b"k2") && !keys.contains(b""));
        }
    }

    #[test]
    fn other_json_is_refused() {
        assert!(Keys::parse(b"[1]").is_err());
    }
}
