(module (memory (export "memory") 2)
  (func (export "invert") (param $at i32) (param $length i32) (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (if (i32.ne (i32.and (local.get $at) (i32.const 3)) (i32.const 3))
        (then (i32.store8 (local.get $at) (i32.sub (i32.const 255) (i32.load8_u (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))))
