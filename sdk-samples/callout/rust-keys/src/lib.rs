//! Fetches a list of keys from an upstream, then tells which requests carry one of them.

mod keys;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use keys::Keys;
use log::{error, info, warn};
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType, LogLevel, Status};
use serde::Deserialize;
use serde::de::IgnoredAny;

const TIMEOUT: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_secs(1);
const KNOWN: &str = "x-keys-known";
const COUNT: &str = "x-keys-count";

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Info);
    proxy_wasm::set_root_context(|_| Box::new(Plugin::default()));
}}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    upstream: String,
    path: String,
}

impl Config {
    fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        // Serde also reads a struct from a list of its fields, which is no configuration here.
        let _: BTreeMap<String, IgnoredAny> = serde_json::from_slice(bytes)?;
        serde_json::from_slice(bytes)
    }
}

#[derive(Default)]
struct Plugin {
    config: Config,
    keys: Option<Rc<Keys>>,
}

impl Plugin {
    fn start(&mut self, configuration: &[u8]) -> Result<(), String> {
        self.config = Config::read(configuration).map_err(|e| e.to_string())?;
        let Config { upstream, path } = &self.config;
        if !path.starts_with('/') {
            return Err(format!("path {path:?} does not start with '/'"));
        }
        match self.fetch() {
            Ok(_) => Ok(()),
            Err(status) => Err(format!("no call to upstream {upstream:?}: {status:?}")),
        }
    }

    fn fetch(&self) -> Result<u32, Status> {
        let Config { upstream, path } = &self.config;
        let headers = vec![
            (":method", "GET"),
            (":path", path),
            (":authority", upstream),
        ];
        self.dispatch_http_call(upstream, headers, None, vec![], TIMEOUT)
    }

    fn answer(&self, headers: usize, body_size: usize) -> Result<Keys, String> {
        // Without an answer there are no headers to ask for, and the SDK panics on a host's "no".
        if headers == 0 {
            return Err("no answer".into());
        }
        let status = self.get_http_call_response_header(":status");
        if status.as_deref() != Some("200") {
            return Err(format!("status {}", status.unwrap_or_default()));
        }
        let body = self.get_http_call_response_body(0, body_size);
        Keys::parse(&body.unwrap_or_default())
    }
}

impl Context for Plugin {
    fn on_http_call_response(&mut self, _token: u32, headers: usize, size: usize, _: usize) {
        match self.answer(headers, size) {
            Ok(keys) => {
                info!("rust-keys: {} keys", keys.len());
                self.keys = Some(Rc::new(keys));
            }
            Err(reason) => {
                warn!("rust-keys: no keys yet: {reason}");
                self.set_tick_period(RETRY);
            }
        }
    }
}

impl RootContext for Plugin {
    fn on_configure(&mut self, _size: usize) -> bool {
        let bytes = self.get_plugin_configuration().unwrap_or_default();
        match self.start(&bytes) {
            Ok(()) => true,
            Err(reason) => {
                error!("rust-keys: configuration refused: {reason}");
                false
            }
        }
    }

    fn on_tick(&mut self) {
        self.set_tick_period(Duration::ZERO);
        if let Err(status) = self.fetch() {
            warn!("rust-keys: no keys yet: {status:?}");
            self.set_tick_period(RETRY);
        }
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Stream {
            keys: self.keys.clone(),
            known: "unready",
        }))
    }
}

struct Stream {
    keys: Option<Rc<Keys>>,
    known: &'static str,
}

impl Context for Stream {}

impl HttpContext for Stream {
    fn on_http_request_headers(&mut self, _count: usize, _end: bool) -> Action {
        if let Some(keys) = &self.keys {
            let key = self.get_http_request_header_bytes("x-key");
            let known = key.is_some_and(|key| keys.contains(&key));
            self.known = if known { "true" } else { "false" };
        }
        self.set_http_request_header(KNOWN, Some(self.known));
        Action::Continue
    }

    fn on_http_response_headers(&mut self, _count: usize, _end: bool) -> Action {
        let count = self.keys.as_ref().map_or(0, |keys| keys.len());
        self.set_http_response_header(KNOWN, Some(self.known));
        self.set_http_response_header(COUNT, Some(&count.to_string()));
        Action::Continue
    }
}
