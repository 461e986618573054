;; Shared data under one key, `k`; its number is at 24 after `$get`.
@calls proxy_get_shared_data proxy_set_shared_data
(func $get (param $label i32) (param $size i32)
  (call $given (local.get $label) (local.get $size)
    (call $proxy_get_shared_data `k` (i32.const 16) (i32.const 20) (i32.const 24))))
(func $set (param $value i32) (param $size i32) (param $number i32)
  (call $say1 `set`
    (call $proxy_set_shared_data `k` (local.get $value) (local.get $size) (local.get $number))))
