;; Imports all of WASI under both names.
@calls wasi_snapshot_preview1.* wasi_unstable.*
@include plugin
