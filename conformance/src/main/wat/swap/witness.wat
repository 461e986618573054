;; A witness: wherever a plugin may write, it writes the generation it was configured with.
;;
;; Its configuration is its place in the chain, one digit, then a space and the generation. What it
;; writes are fields, and lines at the end of a body, named x-gen-PHASE-PLACE; x-route-PHASE-PLACE
;; has the route it sees in that phase, x-began-PLACE when it first saw the request, x-build-PLACE
;; which build of this module it is.
(module
  (import "env" "proxy_get_buffer_bytes"
    (func $buffer (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_buffer_bytes"
    (func $edit (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_add_header_map_value"
    (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_property"
    (func $property (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_current_time_nanoseconds"
    (func $now (param i32) (result i32)))
  (memory (export "memory") 1)

  ;; 0 a returned address, 4 a returned size, 8 the time, 16 to 48 its digits
  (data (i32.const 64) "sluice:build-id=build-0000000000")
  (data (i32.const 128) "x-gen-request-?")
  (data (i32.const 160) "x-gen-response-?")
  (data (i32.const 192) "x-route-request-?")
  (data (i32.const 224) "x-route-response-?")
  (data (i32.const 256) "x-began-?")
  (data (i32.const 288) "x-build-?")
  (data (i32.const 320) "x-gen-request-body-?: ")
  (data (i32.const 384) "x-gen-response-body-?: ")
  (data (i32.const 448) "route_name")

  ;; The generation as text, and where the next allocation goes.
  (global $gen (mut i32) (i32.const 0))
  (global $length (mut i32) (i32.const 0))
  (global $free (mut i32) (i32.const 1024))

  (func (export "proxy_abi_version_0_2_1"))

  (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
    (global.get $free)
    (global.set $free (i32.add (global.get $free) (local.get $size))))

  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (local $place i32)
    (drop (call $buffer (i32.const 7) (i32.const 0) (i32.const 100) (i32.const 0) (i32.const 4)))
    (local.set $place (i32.load8_u (i32.load (i32.const 0))))
    (global.set $gen (i32.add (i32.load (i32.const 0)) (i32.const 2)))
    (global.set $length (i32.sub (i32.load (i32.const 4)) (i32.const 2)))
    (i32.store8 (i32.const 142) (local.get $place))
    (i32.store8 (i32.const 175) (local.get $place))
    (i32.store8 (i32.const 208) (local.get $place))
    (i32.store8 (i32.const 241) (local.get $place))
    (i32.store8 (i32.const 264) (local.get $place))
    (i32.store8 (i32.const 296) (local.get $place))
    (i32.store8 (i32.const 339) (local.get $place))
    (i32.store8 (i32.const 404) (local.get $place))
    (call $line (i32.const 342))
    (call $line (i32.const 407))
    (i32.const 1))

  ;; The generation and a line end, at an address.
  (func $line (param $at i32)
    (local $i i32)
    (loop $next
      (i32.store8 (i32.add (local.get $at) (local.get $i))
        (i32.load8_u (i32.add (global.get $gen) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (global.get $length))))
    (i32.store8 (i32.add (local.get $at) (local.get $i)) (i32.const 10)))

  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (local $digits i32)
    (call $generation (i32.const 0) (i32.const 128) (i32.const 15))
    (call $route (i32.const 0) (i32.const 192) (i32.const 17))
    (drop (call $now (i32.const 8)))
    (local.set $digits (call $decimal (i64.load (i32.const 8)) (i32.const 48)))
    (drop (call $add (i32.const 0) (i32.const 256) (i32.const 9)
      (local.get $digits) (i32.sub (i32.const 48) (local.get $digits))))
    (i32.const 0))

  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
    (call $generation (i32.const 2) (i32.const 160) (i32.const 16))
    (call $route (i32.const 2) (i32.const 224) (i32.const 18))
    (drop (call $add (i32.const 2) (i32.const 288) (i32.const 9) (i32.const 80) (i32.const 16)))
    (i32.const 0))

  (func (export "proxy_on_request_body") (param $id i32) (param $size i32) (param $end i32)
      (result i32)
    (if (local.get $end)
      (then (call $append (i32.const 0) (local.get $size) (i32.const 320) (i32.const 23))))
    (i32.const 0))

  (func (export "proxy_on_response_body") (param $id i32) (param $size i32) (param $end i32)
      (result i32)
    (if (local.get $end)
      (then (call $append (i32.const 1) (local.get $size) (i32.const 384) (i32.const 24))))
    (i32.const 0))

  ;; Adds the generation to the map of a type.
  (func $generation (param $map i32) (param $name i32) (param $size i32)
    (drop (call $add (local.get $map) (local.get $name) (local.get $size)
      (global.get $gen) (global.get $length))))

  ;; Adds the route's name to the map of a type; what it is given is allocated and let go again.
  (func $route (param $map i32) (param $name i32) (param $size i32)
    (local $mark i32)
    (local.set $mark (global.get $free))
    (if (i32.eqz (call $property (i32.const 448) (i32.const 10) (i32.const 0) (i32.const 4)))
      (then (drop (call $add (local.get $map) (local.get $name) (local.get $size)
        (i32.load (i32.const 0)) (i32.load (i32.const 4))))))
    (global.set $free (local.get $mark)))

  ;; Appends a line to a body: its name, whose size is given with the line end, and the generation.
  (func $append (param $body i32) (param $at i32) (param $line i32) (param $size i32)
    (drop (call $edit (local.get $body) (local.get $at) (i32.const 0)
      (local.get $line) (i32.add (local.get $size) (global.get $length)))))

  ;; Writes a number that ends before an address; answers where it begins.
  (func $decimal (param $n i64) (param $at i32) (result i32)
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at)
        (i32.add (i32.const 48) (i32.wrap_i64 (i64.rem_u (local.get $n) (i64.const 10)))))
      (local.set $n (i64.div_u (local.get $n) (i64.const 10)))
      (br_if $next (i64.ne (local.get $n) (i64.const 0))))
    (local.get $at)))
