;; Its allocator gives a page that the memory did not have before.
@calls proxy_get_header_map_value
@include marker
@include memory
@include say
(func (export "proxy_on_memory_allocate") (param i32) (result i32)
  (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given `value`
    (call $proxy_get_header_map_value (i32.const 0) `x-a` (i32.const 16) (i32.const 20)))
  (call $say1 `address` (i32.load (i32.const 16)))
  (i32.const 0))
