;; Says its arguments.
@calls args_sizes_get args_get
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (i64.store (i32.const 16) (i64.const -1))
  (call $say3 `sizes` (call $args_sizes_get (i32.const 16) (i32.const 20))
    (i32.load (i32.const 16)) (i32.load (i32.const 20)))
  (call $say1 `get` (call $args_get (i32.const 256) (i32.const 320)))
  (i32.const 0))
