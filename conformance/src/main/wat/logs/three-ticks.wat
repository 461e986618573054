;; Ticks three times, and three times more after every request.
@calls proxy_set_tick_period_milliseconds
@include plugin
@include vm
(global $left (mut i32) (i32.const 3))
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (i32.eqz (call $proxy_set_tick_period_milliseconds (i32.const 20))))
(func (export "proxy_on_tick") (param i32)
  (call $text `tick`)
  (call $vm)
  (call $line)
  (global.set $left (i32.sub (global.get $left) (i32.const 1)))
  (if (i32.eqz (global.get $left))
    (then (drop (call $proxy_set_tick_period_milliseconds (i32.const 0))))))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (global.set $left (i32.const 3))
  (drop (call $proxy_set_tick_period_milliseconds (i32.const 10)))
  (i32.const 0))
