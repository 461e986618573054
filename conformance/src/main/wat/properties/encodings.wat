;; Says a number, a truth value and a time.
@calls proxy_get_property
@include plugin
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $given_hex `source.port`
    (call $proxy_get_property `source\0port` (i32.const 16) (i32.const 20)))
  (call $given_hex `connection.mtls`
    (call $proxy_get_property `connection\0mtls` (i32.const 16) (i32.const 20)))
  (call $given_hex `request.time`
    (call $proxy_get_property `request\0time` (i32.const 16) (i32.const 20)))
  (i32.const 0))
