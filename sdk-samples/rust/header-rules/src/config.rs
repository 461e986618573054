use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::IgnoredAny;

const BUILD: &str = "${build}";

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub request: Rules,
    pub response: Rules,
}

/// The rules of one direction, in the order they apply. Names are in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    pub remove: Vec<String>,
    pub rename: BTreeMap<String, String>,
    pub set: BTreeMap<String, String>,
    pub add: BTreeMap<String, String>,
}

impl Config {
    /// Reads the configuration; no bytes at all are a configuration without rules.
    pub fn parse(bytes: &[u8], build_id: &str) -> Result<Self, String> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let read = Self::read(bytes).map_err(|e| e.to_string())?;
        Ok(Self {
            request: read.request.checked("request", build_id)?,
            response: read.response.checked("response", build_id)?,
        })
    }

    fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        // Serde also reads a struct from a list of its fields, which is no configuration here.
        let _: BTreeMap<String, BTreeMap<String, IgnoredAny>> = serde_json::from_slice(bytes)?;
        serde_json::from_slice(bytes)
    }
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (request, response) = (self.request.len(), self.response.len());
        write!(f, "{request} request rules, {response} response rules")
    }
}

impl Rules {
    fn len(&self) -> usize {
        self.remove.len() + self.rename.len() + self.set.len() + self.add.len()
    }

    fn checked(self, direction: &str, build_id: &str) -> Result<Self, String> {
        let value = |text: String| value(text.replace(BUILD, build_id));
        let at = |rule: &'static str| move |problem| format!("{direction}.{rule}: {problem}");
        Ok(Self {
            remove: self
                .remove
                .into_iter()
                .map(name)
                .collect::<Result<_, _>>()
                .map_err(at("remove"))?,
            rename: pairs(self.rename, name).map_err(at("rename"))?,
            set: pairs(self.set, value).map_err(at("set"))?,
            add: pairs(self.add, value).map_err(at("add"))?,
        })
    }
}

fn pairs(
    map: BTreeMap<String, String>,
    right: impl Fn(String) -> Result<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    let mut checked = BTreeMap::new();
    for (key, text) in map {
        let key = name(key)?;
        let text = right(text).map_err(|problem| format!("{key:?}: {problem}"))?;
        if checked.insert(key.clone(), text).is_some() {
            return Err(format!("{key:?} is named twice"));
        }
    }
    Ok(checked)
}

/// A header name in lower case. Pseudo-headers such as `:path` are not names.
fn name(text: String) -> Result<String, String> {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if !text.is_empty() && text.bytes().all(token) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(format!("{text:?} is not a header name"))
    }
}

fn value(text: String) -> Result<String, String> {
    if text.bytes().all(|b| b == b'\t' || (b >= b' ' && b != 0x7f)) {
        Ok(text)
    } else {
        Err(format!("{text:?} has a control character"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> String {
        Config::parse(json.as_bytes(), "b1").unwrap_err()
    }

    #[test]
    fn names_are_lowered_and_the_build_id_is_filled_in() {
        let json = br#"{"request":{"set":{"X-Build":"id ${build}"},"rename":{"A":"B"}}}"#;
        let config = Config::parse(json, "b1").unwrap();
        assert_eq!(config.request.set["x-build"], "id b1");
        assert_eq!(config.request.rename["a"], "b");
        assert_eq!(config.to_string(), "2 request rules, 0 response rules");
    }

    #[test]
    fn no_configuration_is_no_rules() {
        assert_eq!(Config::parse(b"", "b1").unwrap().request.len(), 0);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(refusal(r#"{"requests":{}}"#).contains("unknown field `requests`"));
        assert!(refusal(r#"{"request":{"delete":[]}}"#).contains("unknown field `delete`"));
        assert!(refusal(r#"{"request":{"set":{"a":1}}}"#).contains("invalid type: integer `1`"));
        assert!(refusal("{").contains("EOF"));
        assert!(refusal("[]").contains("expected a map"));
        assert!(refusal(r#"{"request":[]}"#).contains("expected a map"));
        let bad_name = refusal(r#"{"response":{"remove":[":status"]}}"#);
        assert_eq!(
            bad_name,
            r#"response.remove: ":status" is not a header name"#
        );
        let twice = refusal(r#"{"request":{"add":{"A":"1","a":"2"}}}"#);
        assert_eq!(twice, r#"request.add: "a" is named twice"#);
        let bad_value = refusal(r#"{"request":{"add":{"a":"1\n2"}}}"#);
        assert_eq!(
            bad_value,
            r#"request.add: "a": "1\n2" has a control character"#
        );
    }
}
