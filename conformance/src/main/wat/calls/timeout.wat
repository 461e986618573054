;; Calls with a negative timeout, then without one.
@include plugin
@include call
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $stream (local.get 0))
  (call $call `service` `[:method=GET :path=/service :authority=a]` (i32.const -1))
  (call $call `service` `[:method=GET :path=/service :authority=a]` (i32.const 0))
  (i32.const 1))
(func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
  (call $say1 `answered` (local.get 3))
  (call $resume))
