;; Says every piece of the body, and the trailers; holds nothing.
@include plugin
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (call $say2 `body` (local.get 1) (local.get 2))
  (i32.const 0))
(func (export "proxy_on_request_trailers") (param i32 i32) (result i32)
  (call $say1 `trailers` (local.get 1))
  (i32.const 0))
