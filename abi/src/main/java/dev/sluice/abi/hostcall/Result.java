package dev.sluice.abi.hostcall;

import dev.sluice.abi.ProxyStatus;

/// What host functions answer: one array for each small number, never written to.
public final class Result {
    private static final int MOST = 80;
    private static final long[][] ALL = new long[MOST][];

    static {
        for (int i = 0; i < MOST; i++) {
            ALL[i] = new long[] {i};
        }
    }

    static final long[] OK = of(ProxyStatus.OK);
    static final long[] NOT_FOUND = of(ProxyStatus.NOT_FOUND);
    static final long[] BAD_ARGUMENT = of(ProxyStatus.BAD_ARGUMENT);
    static final long[] INVALID_MEMORY_ACCESS = of(ProxyStatus.INVALID_MEMORY_ACCESS);

    /// What a call answers that may not be made now.
    public static final long[] INTERNAL_FAILURE = of(ProxyStatus.INTERNAL_FAILURE);

    static final long[] UNIMPLEMENTED = of(ProxyStatus.UNIMPLEMENTED);

    private Result() {}

    static long[] of(ProxyStatus status) {
        return ALL[status.code()];
    }

    /// @param errno 0 to 79
    static long[] of(int errno) {
        return ALL[errno];
    }
}
