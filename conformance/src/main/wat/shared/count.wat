;; Adds one to a shared number with each request, as often as it takes; says it when asked by a GET.
@calls proxy_get_header_map_value
@include plugin
@include shared
(func $now (result i32)
  (i32.store (i32.const 24) (i32.const 0))
  (if (result i32)
    (call $proxy_get_shared_data `k` (i32.const 16) (i32.const 20) (i32.const 24))
    (then (i32.const 0))
    (else (i32.load (i32.load (i32.const 16))))))
(func $add (result i32)
  (i32.store (i32.const 64) (i32.add (call $now) (i32.const 1)))
  (call $proxy_set_shared_data `k` (i32.const 64) (i32.const 4) (i32.load (i32.const 24))))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (if (i32.eqz
      (call $proxy_get_header_map_value (i32.const 0) `x-say` (i32.const 16) (i32.const 20)))
    (then (call $say1 `count` (call $now)))
    (else (loop $again (br_if $again (call $add)))))
  (i32.const 0))
