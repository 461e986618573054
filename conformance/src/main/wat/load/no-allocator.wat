;; The host cannot give it anything.
@include marker
@include memory
