;; Its memory is the host's: says how many pages it has, and a value that comes through it.
@calls proxy_get_header_map_value
(import "env" "memory" (memory 2))
@include marker
@include allocator
@include say
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $say1 `pages` (memory.size))
  (call $given `value`
    (call $proxy_get_header_map_value (i32.const 0) `x-a` (i32.const 16) (i32.const 20)))
  (i32.const 0))
