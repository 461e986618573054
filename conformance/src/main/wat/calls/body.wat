;; Calls with a body and a wrong content-length.
@include plugin
@include call
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $stream (local.get 0))
  (call $say1 `call` (call $proxy_http_call `service`
    `[:method=POST :path=/service :authority=a content-length=999]` `ping` ``
    (i32.const 1000) (i32.const 28)))
  (i32.const 1))
(func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
  (call $resume))
