;; Binary trees as objects that the engine collects (Wasm GC): the algorithm of the Rust and of the JavaScript. No linear
;; memory, no glue.
(module
  (type $node (sub final (struct (field $left (ref null $node)) (field $right (ref null $node)))))

  (func $build (param $depth i32) (result (ref $node))
    (if (result (ref $node)) (i32.eqz (local.get $depth))
      (then (struct.new_default $node))
      (else
        (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
        (struct.new $node (call $build (local.get $depth)) (call $build (local.get $depth))))))

  (func $count (param $node (ref $node)) (result i32)
    (local $left (ref null $node))
    (local.set $left (struct.get $node $left (local.get $node)))
    (if (result i32) (ref.is_null (local.get $left))
      (then (i32.const 1))
      (else
        (i32.add
          (i32.const 1)
          (i32.add
            (call $count (ref.as_non_null (local.get $left)))
            (call $count (ref.as_non_null (struct.get $node $right (local.get $node)))))))))

  ;; How many nodes all trees had together; the large one is $depth deep. A float holds all 32 bits as a positive number.
  (func (export "run") (param $depth i32) (result f64)
    (local $large (ref $node))
    (local $small i32)
    (local $trees i32)
    (local $nodes i32)
    (local.set $large (call $build (local.get $depth)))
    (local.set $small (i32.const 4))
    (block $done
      (loop $deeper
        (br_if $done (i32.gt_s (local.get $small) (local.get $depth)))
        (local.set $trees
          (i32.shl (i32.const 1) (i32.add (i32.sub (local.get $depth) (local.get $small)) (i32.const 4))))
        (loop $next
          (local.set $nodes (i32.add (local.get $nodes) (call $count (call $build (local.get $small)))))
          (br_if $next (local.tee $trees (i32.sub (local.get $trees) (i32.const 1)))))
        (local.set $small (i32.add (local.get $small) (i32.const 4)))
        (br $deeper)))
    (f64.convert_i32_u (i32.add (local.get $nodes) (call $count (local.get $large))))))
