;; Its allocator calls the host: first what it may, then what it may not.
@calls clock_time_get poll_oneoff proxy_get_header_map_value proxy_get_property
@calls proxy_get_current_time_nanoseconds proxy_set_property
@include marker
@include memory
@include say
@include write
(func (export "proxy_on_memory_allocate") (param i32) (result i32)
  (call $say `logged`)
  (i32.store (i32.const 200) (call $write (i32.const 1) `written\n`))
  (i32.store (i32.const 204)
    (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 64)))
  (i32.store (i32.const 208)
    (call $poll_oneoff (i32.const 256) (i32.const 320) (i32.const 1) (i32.const 64)))
  (i32.store (i32.const 212) (call $proxy_get_property `plugin_name` (i32.const 64) (i32.const 68)))
  (i32.store (i32.const 216) (call $proxy_get_current_time_nanoseconds (i32.const 64)))
  (i32.store (i32.const 220) (call $proxy_set_property `name` `value`))
  (i32.const 65536))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given `value`
    (call $proxy_get_header_map_value (i32.const 0) `x-a` (i32.const 16) (i32.const 20)))
  (call $say3 `allowed`
    (i32.load (i32.const 200)) (i32.load (i32.const 204)) (i32.load (i32.const 208)))
  (call $say3 `refused`
    (i32.load (i32.const 212)) (i32.load (i32.const 216)) (i32.load (i32.const 220)))
  (i32.const 0))
