;; Writes a line of each level.
@calls proxy_log
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (drop (call $proxy_log (i32.const 0) `level 0`))
  (drop (call $proxy_log (i32.const 1) `level 1`))
  (drop (call $proxy_log (i32.const 2) `level 2`))
  (drop (call $proxy_log (i32.const 3) `level 3`))
  (drop (call $proxy_log (i32.const 4) `level 4`))
  (drop (call $proxy_log (i32.const 5) `level 5`))
  (i32.const 0))
