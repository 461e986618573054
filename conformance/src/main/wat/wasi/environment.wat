;; Says its environment.
@calls environ_sizes_get environ_get
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `sizes` (call $environ_sizes_get (i32.const 16) (i32.const 20)))
  (call $say2 `entries and bytes` (i32.load (i32.const 16)) (i32.load (i32.const 20)))
  (call $say1 `get` (call $environ_get (i32.const 256) (i32.const 320)))
  (call $text `first `)
  (call $text (i32.load (i32.const 256)) (i32.sub (i32.load (i32.const 20)) (i32.const 1)))
  (call $line)
  (i32.const 0))
