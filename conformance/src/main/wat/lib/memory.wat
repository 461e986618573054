;; Two pages. Scratch words lie below 1024, the texts of the guest from there, the line that is being
;; written from 32768, what the host is given from 65536.
(memory (export "memory") 2)
