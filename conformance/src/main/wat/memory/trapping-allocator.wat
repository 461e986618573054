;; Its allocator traps.
@include marker
@include memory
@include say
@include read
(func (export "proxy_on_memory_allocate") (param i32) (result i32)
  (unreachable))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $read)
  (i32.const 0))
