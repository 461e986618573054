package dev.sluice.abi.spi;

import dev.sluice.abi.LogLevel;

/// Where a guest's log lines go. Asked from inside host calls: no call back into a guest, no I/O.
///
/// Thread: the VM's.
public interface LogSink {
    /// Takes one log line; the bytes are borrowed and need not be UTF-8.
    void log(LogLevel level, byte[] source, int offset, int length);

    /// The least severe level that is kept.
    LogLevel logLevel();
}
