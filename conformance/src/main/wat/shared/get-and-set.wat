;; Says what was there, and sets its root id.
@calls proxy_get_property
@include plugin
@include shared
(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
  (call $get `get`)
  (drop (call $proxy_get_property `plugin_root_id` (i32.const 16) (i32.const 20)))
  (call $set (i32.load (i32.const 16)) (i32.load (i32.const 20)) (i32.const 0))
  (i32.const 0))
