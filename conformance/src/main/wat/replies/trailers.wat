;; Holds the body, and answers the request when it is told of the trailers.
@calls proxy_send_local_response
@include plugin
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (i32.const 1))
(func (export "proxy_on_request_trailers") (param i32 i32) (result i32)
  (call $say1 `reply` (call $proxy_send_local_response
    (i32.const 418) `why` `tea` `[x-reply=yes]` (i32.const -1)))
  (i32.const 0))
