@for version in 0_1_0 0_2_0 0_2_1
;; Imports every function there is.
@calls env.* wasi_snapshot_preview1.* wasi_unstable.*
@include memory
@include allocator
(func (export "proxy_abi_version_${version}"))
