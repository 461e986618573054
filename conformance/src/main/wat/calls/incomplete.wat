;; Calls without what a request must have.
@include plugin
@include call
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $call `service` `[:method=GET :authority=a]` (i32.const 100))
  (call $call `service` `[:path=/service :authority=a]` (i32.const 100))
  (call $call `service` `[:method=GET :path=/service]` (i32.const 100))
  (call $call `service` `` (i32.const 100))
  (i32.const 0))
