;; On each tick: grows its memory as far as it goes and its table by 10, and shows the sizes as
;; tick periods.
(module
  (import "env" "proxy_set_tick_period_milliseconds" (func $tick (param i32) (result i32)))
  (memory (export "memory") 1)
  (table $table 4 funcref)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_tick") (param i32)
    (loop $more
      (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (drop (call $tick (memory.size)))
    (drop (call $tick (table.size $table)))
    (drop (table.grow $table (ref.null func) (i32.const 10)))))
