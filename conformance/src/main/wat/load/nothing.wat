;; Marker, memory and allocator: passes everything untouched.
@include marker
@include memory
@include allocator
