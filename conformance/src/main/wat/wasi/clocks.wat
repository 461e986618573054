;; Reads the clocks.
@calls clock_time_get
@include plugin
(func $read (param $clock i32) (param $at i32) (result i32)
  (call $clock_time_get (local.get $clock) (i64.const 1) (local.get $at)))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say3 `status` (call $read (i32.const 0) (i32.const 64))
    (call $read (i32.const 1) (i32.const 72)) (call $read (i32.const 2) (i32.const 80)))
  (drop (call $read (i32.const 1) (i32.const 80)))
  (call $say1 `monotonic`
    (i64.ge_s (i64.load (i32.const 80)) (i64.load (i32.const 72))))
  (call $text `time`)
  (call $hex (i32.const 64) (i32.const 8))
  (call $line)
  (i32.const 0))
