;; Calls an upstream that there is not.
@include plugin
@include call
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $call `nowhere` `[:method=GET :path=/service :authority=a]` (i32.const 100))
  (i32.const 0))
