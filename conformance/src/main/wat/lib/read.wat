;; Reads the request header x-a: says the status, the address and the size, -1 where nothing was
;; written.
@calls proxy_get_header_map_value
(func $read
  (i64.store (i32.const 16) (i64.const -1))
  (call $say3 `result`
    (call $proxy_get_header_map_value (i32.const 0) `x-a` (i32.const 16) (i32.const 20))
    (i32.load (i32.const 16))
    (i32.load (i32.const 20))))
