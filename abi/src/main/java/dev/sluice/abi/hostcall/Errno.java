package dev.sluice.abi.hostcall;

/// Error numbers of WASI preview 1.
final class Errno {
    static final long[] SUCCESS = Result.of(0);
    static final long[] BADF = Result.of(8);
    static final long[] FAULT = Result.of(21);
    static final long[] INVAL = Result.of(28);
    static final long[] NOENT = Result.of(44);
    static final long[] NOSYS = Result.of(52);
    static final long[] NOTDIR = Result.of(54);
    static final long[] NOTSUP = Result.of(58);

    private Errno() {}
}
