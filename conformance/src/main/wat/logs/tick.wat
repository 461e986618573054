;; Ticks every 40 ms.
@calls proxy_set_tick_period_milliseconds
@include plugin
@include vm
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (i32.eqz (call $proxy_set_tick_period_milliseconds (i32.const 40))))
(func (export "proxy_on_tick") (param i32)
  (call $text `tick`)
  (call $vm)
  (call $number (local.get 0))
  (call $line))
