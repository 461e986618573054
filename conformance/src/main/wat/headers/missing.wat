@for version in 0_1_0 0_2_1
;; Asks for a request header that is not there.
@calls proxy_get_header_map_value
@include memory
@include allocator
@include say
(func (export "proxy_abi_version_${version}"))
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given `value`
    (call $proxy_get_header_map_value (i32.const 0) `x-none` (i32.const 16) (i32.const 20)))
  (i32.const 0))
