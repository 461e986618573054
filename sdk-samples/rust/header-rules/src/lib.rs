//! Sets, adds, removes and renames request and response headers.

mod build_id;
mod config;

use std::rc::Rc;

use config::{Config, Rules};
use log::{error, info};
use proxy_wasm::hostcalls;
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType, LogLevel, MapType};

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Info);
    proxy_wasm::set_root_context(|_| Box::new(Plugin::default()));
}}

#[derive(Default)]
struct Plugin {
    config: Rc<Config>,
}

impl Context for Plugin {}

impl RootContext for Plugin {
    fn on_configure(&mut self, _size: usize) -> bool {
        let bytes = self.get_plugin_configuration().unwrap_or_default();
        match Config::parse(&bytes, &build_id::read()) {
            Ok(config) => {
                info!("header-rules {}: {config}", build_id::read());
                self.config = Rc::new(config);
                true
            }
            Err(reason) => {
                error!("header-rules: configuration refused: {reason}");
                false
            }
        }
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Stream {
            config: Rc::clone(&self.config),
        }))
    }
}

struct Stream {
    config: Rc<Config>,
}

impl Context for Stream {}

impl HttpContext for Stream {
    fn on_http_request_headers(&mut self, _count: usize, _end: bool) -> Action {
        apply(&self.config.request, MapType::HttpRequestHeaders);
        Action::Continue
    }

    fn on_http_response_headers(&mut self, _count: usize, _end: bool) -> Action {
        apply(&self.config.response, MapType::HttpResponseHeaders);
        Action::Continue
    }
}

fn apply(rules: &Rules, map: MapType) {
    // The SDK panics on every status a header call may fail with, so a result here is always Ok.
    for name in &rules.remove {
        let _ = hostcalls::remove_map_value(map, name);
    }
    if !rules.rename.is_empty() {
        rename(rules, map);
    }
    for (name, value) in &rules.set {
        let _ = hostcalls::set_map_value(map, name, Some(value));
    }
    for (name, value) in &rules.add {
        let _ = hostcalls::add_map_value(map, name, value);
    }
}

/// Moves every value of each old name to its new name. All old names are read from the headers
/// as they were before the first move, so `a` to `b` and `b` to `a` together swap the two.
fn rename(rules: &Rules, map: MapType) {
    let headers = hostcalls::get_map_bytes(map).unwrap_or_default();
    let moves: Vec<_> = headers
        .iter()
        .filter_map(|(old, value)| Some((old, rules.rename.get(&old.to_ascii_lowercase())?, value)))
        .collect();
    for (old, ..) in &moves {
        let _ = hostcalls::remove_map_value(map, old);
    }
    for (_, new, value) in &moves {
        let _ = hostcalls::add_map_value_bytes(map, new, value);
    }
}
