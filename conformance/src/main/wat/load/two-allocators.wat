;; Says which allocator was asked when it reads its configuration.
@calls proxy_get_buffer_bytes
@include marker
@include memory
@include say
(func (export "malloc") (param $size i32) (result i32)
  (call $say1 `malloc` (local.get $size))
  (i32.const 65536))
(func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
  (call $say1 `proxy_on_memory_allocate` (local.get $size))
  (i32.const 65536))
(func (export "proxy_on_configure") (param i32 i32) (result i32)
  (call $given `configuration` (call $proxy_get_buffer_bytes
    (i32.const 7) (i32.const 0) (i32.const 100) (i32.const 16) (i32.const 20)))
  (i32.const 1))
