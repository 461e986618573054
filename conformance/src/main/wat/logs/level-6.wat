;; Writes a line of a level that there is not.
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `status` (call $proxy_log (i32.const 6) `level 6`))
  (i32.const 0))
