;; Traps in its first tick.
@calls proxy_set_tick_period_milliseconds
@include plugin
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (i32.eqz (call $proxy_set_tick_period_milliseconds (i32.const 20))))
(func (export "proxy_on_tick") (param i32)
  (unreachable))
