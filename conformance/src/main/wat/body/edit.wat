;; Appends to a body of three bytes, puts something in front, then replaces all of it.
@calls proxy_get_buffer_bytes proxy_set_buffer_bytes
@include plugin
(func $edit (param $start i32) (param $size i32) (param $from i32) (param $count i32)
  (call $say1 `set` (call $proxy_set_buffer_bytes
    (i32.const 0) (local.get $start) (local.get $size) (local.get $from) (local.get $count)))
  (call $given `buffer` (call $proxy_get_buffer_bytes
    (i32.const 0) (i32.const 0) (i32.const 99) (i32.const 16) (i32.const 20))))
(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
  (if (i32.eq (local.get 1) (i32.const 3))
    (then
      (call $edit (i32.const -1) (i32.const 0) `-end`)
      (call $edit (i32.const 0) (i32.const 0) `front-`)
      (call $edit (i32.const 0) (i32.const -1) `all new`)))
  (i32.const 0))
