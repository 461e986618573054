//! Makes 20 host calls for every request: all pairs once, one header 14 times, two properties, and
//! three headers replaced.

use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType};

const READ: [&str; 7] = [
    ":path",
    ":method",
    ":authority",
    "user-agent",
    "accept",
    "cookie",
    "x-absent",
];

proxy_wasm::main! {{
    proxy_wasm::set_root_context(|_| Box::new(Plugin));
}}

struct Plugin;

impl Context for Plugin {}

impl RootContext for Plugin {
    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Stream))
    }
}

struct Stream;

impl Context for Stream {}

impl HttpContext for Stream {
    fn on_http_request_headers(&mut self, _count: usize, _end: bool) -> Action {
        let pairs = self.get_http_request_headers().len();
        let mut bytes = 0;
        for name in READ.iter().chain(READ.iter()) {
            bytes += self.get_http_request_header(name).map_or(0, |value| value.len());
        }
        bytes += self.get_property(vec!["source", "address"]).map_or(0, |value| value.len());
        bytes += self.get_property(vec!["request", "protocol"]).map_or(0, |value| value.len());
        self.set_http_request_header("x-pairs", Some(if pairs > 8 { "many" } else { "few" }));
        self.set_http_request_header("x-bytes", Some(if bytes > 256 { "many" } else { "few" }));
        self.set_http_request_header("x-calls", Some("20"));
        Action::Continue
    }
}
