;; Ticks and serves, each for some time, and says when one began inside another.
@calls proxy_set_tick_period_milliseconds
@include plugin
(global $busy (mut i32) (i32.const 0))
(func $work
  (local $left i32)
  (if (global.get $busy) (then (call $say `overlap`)))
  (global.set $busy (i32.const 1))
  (local.set $left (i32.const 100000))
  (loop $more
    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
    (br_if $more (local.get $left)))
  (global.set $busy (i32.const 0)))
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (i32.eqz (call $proxy_set_tick_period_milliseconds (i32.const 1))))
(func (export "proxy_on_tick") (param i32)
  (call $work)
  (call $say `tick`))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $work)
  (i32.const 0))
