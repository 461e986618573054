;; Says, in an error, from which level on lines are kept.
@calls proxy_get_log_level
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $text `level`)
  (call $number (call $proxy_get_log_level (i32.const 24)))
  (call $number (i32.load (i32.const 24)))
  (drop (call $proxy_log (i32.const 4) (i32.const 32768)
    (i32.sub (global.get $end) (i32.const 32768))))
  (global.set $end (i32.const 32768))
  (call $say `kept when the level is 2 or less`)
  (i32.const 0))
