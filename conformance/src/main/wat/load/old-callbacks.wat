;; ABI 0.1.0: the header callbacks take two parameters.
@include memory
@include allocator
@include say
(func (export "proxy_abi_version_0_1_0"))
(func (export "proxy_on_request_headers") (param i32 i32) (result i32)
  (call $say1 `request_headers` (local.get 0))
  (i32.const 0))
(func (export "proxy_on_response_headers") (param i32 i32) (result i32)
  (call $say1 `response_headers` (local.get 0))
  (i32.const 0))
