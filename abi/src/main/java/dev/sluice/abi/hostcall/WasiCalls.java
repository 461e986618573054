package dev.sluice.abi.hostcall;

import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.engine.GuestStopException;
import dev.sluice.abi.spi.Clock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The part of WASI preview 1 that does something: environment, clocks, randomness, and output,
/// which becomes log lines. No files, no sockets.
///
/// Thread: the VM's.
final class WasiCalls {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int MOST_RANDOM = 1 << 16;
    private static final int MOST_OUTPUT = 1 << 20;
    private static final long RIGHT_FD_WRITE = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EffectiveContext context;
    private final GuestMemory memory;
    private final Clock clock;
    private final List<byte[]> environment;

    WasiCalls(
            EffectiveContext context,
            GuestMemory memory,
            Clock clock,
            Map<String, String> environment) {
        this.context = context;
        this.memory = memory;
        this.clock = clock;
        this.environment =
                environment.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue() + "\0")
                        .map(each -> each.getBytes(StandardCharsets.UTF_8))
                        .collect(Collectors.toUnmodifiableList());
    }

    /// `fd_write(fd, vectors, count, returnWritten)`: standard output is logged as info, standard
    /// error as error.
    long[] write(long[] arguments) {
        return write(arguments, arguments[3]);
    }

    /// `fd_pwrite(fd, vectors, count, offset, returnWritten)`: as `fd_write`.
    long[] writeAt(long[] arguments) {
        return write(arguments, arguments[4]);
    }

    /// `fd_fdstat_get(fd, returnStat)`: a character stream that can be written.
    long[] descriptorStatus(long[] arguments) {
        if (!isOutput(arguments[0])) {
            return Errno.BADF;
        }
        byte[] bytes = memory.array();
        int at = GuestMemory.at(bytes, arguments[1], 24);
        if (at < 0) {
            return Errno.FAULT;
        }
        GuestMemory.writeLong(bytes, at, 0);
        GuestMemory.writeLong(bytes, at + 8L, RIGHT_FD_WRITE);
        GuestMemory.writeLong(bytes, at + 16L, 0);
        return Errno.SUCCESS;
    }

    /// Functions that do nothing to an output and know no other descriptor.
    long[] outputOnly(long[] arguments) {
        return isOutput(arguments[0]) ? Errno.SUCCESS : Errno.BADF;
    }

    /// `fd_renumber(from, to)`.
    long[] renumber(long[] arguments) {
        return isOutput(arguments[0]) ? Errno.NOTSUP : Errno.BADF;
    }

    /// `fd_seek`: nothing moves; the position stays 0.
    long[] seek(long[] arguments) {
        return writeLong(arguments[3], 0);
    }

    /// `fd_tell`: the position is 0.
    long[] tell(long[] arguments) {
        return writeLong(arguments[1], 0);
    }

    /// `fd_readdir`: there are no directories.
    long[] readDirectory(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[4], 4) < 0) {
            return Errno.FAULT;
        }
        GuestMemory.writeInt(bytes, arguments[4], 0);
        return Errno.NOTDIR;
    }

    /// `args_sizes_get(returnCount, returnSize)`: there are none.
    long[] argumentSizes(long[] arguments) {
        return writeInts(arguments[0], 0, arguments[1], 0);
    }

    /// `environ_sizes_get(returnCount, returnSize)`.
    long[] environmentSizes(long[] arguments) {
        int size = environment.stream().mapToInt(each -> each.length).sum();
        return writeInts(arguments[0], environment.size(), arguments[1], size);
    }

    /// `environ_get(pointers, text)`: `NAME=VALUE`, each ended by NUL.
    long[] environment(long[] arguments) {
        byte[] bytes = memory.array();
        int size = environment.stream().mapToInt(each -> each.length).sum();
        int pointers = GuestMemory.at(bytes, arguments[0], 4L * environment.size());
        int text = GuestMemory.at(bytes, arguments[1], size);
        if (pointers < 0 || text < 0) {
            return Errno.FAULT;
        }
        for (byte[] each : environment) {
            GuestMemory.writeInt(bytes, pointers, text);
            System.arraycopy(each, 0, bytes, text, each.length);
            pointers += 4;
            text += each.length;
        }
        return Errno.SUCCESS;
    }

    /// `clock_time_get(clock, precision, returnTime)`: 0 is real time, 1 monotonic.
    long[] time(long[] arguments) {
        return switch ((int) arguments[0]) {
            case 0 -> writeLong(arguments[2], clock.unixNanos());
            case 1 -> writeLong(arguments[2], clock.monotonicNanos());
            default -> Errno.NOTSUP;
        };
    }

    /// `clock_res_get(clock, returnResolution)`: a nanosecond.
    long[] resolution(long[] arguments) {
        int id = (int) arguments[0];
        return id == 0 || id == 1 ? writeLong(arguments[1], 1) : Errno.NOTSUP;
    }

    /// `random_get(target, size)`: at most 64 KiB of secure randomness.
    long[] random(long[] arguments) {
        long size = arguments[1] & 0xFFFFFFFFL;
        if (size > MOST_RANDOM) {
            return Errno.INVAL;
        }
        byte[] bytes = memory.array();
        int at = GuestMemory.at(bytes, arguments[0], size);
        if (at < 0) {
            return Errno.FAULT;
        }
        byte[] fresh = new byte[(int) size];
        RANDOM.nextBytes(fresh);
        System.arraycopy(fresh, 0, bytes, at, fresh.length);
        return Errno.SUCCESS;
    }

    /// `poll_oneoff(in, out, count, returnEvents)`: no events, at once; Go's scheduler parks here
    /// even while it allocates.
    long[] poll(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[3], 4) < 0) {
            return Errno.FAULT;
        }
        GuestMemory.writeInt(bytes, arguments[3], 0);
        return Errno.SUCCESS;
    }

    /// `proc_exit(code)`: ends the VM.
    @SuppressWarnings("DoNotCallSuggester") // the guest may
    long @Nullable [] exit(long[] arguments) {
        throw new GuestStopException(Kind.EXIT, "proc_exit(%d)".formatted((int) arguments[0]));
    }

    private long[] write(long[] arguments, long returnWritten) {
        byte[] bytes = memory.array();
        if (!isOutput(arguments[0])) {
            return Errno.BADF;
        }
        long count = arguments[2] & 0xFFFFFFFFL;
        if (count > MOST_OUTPUT) {
            return Errno.INVAL;
        }
        int vectors = GuestMemory.at(bytes, arguments[1], 8 * count);
        int total = vectors < 0 ? -1 : outputSize(bytes, vectors, (int) count);
        if (total < 0 || GuestMemory.at(bytes, returnWritten, 4) < 0) {
            return Errno.FAULT;
        }
        if (total > 0) {
            output((int) arguments[0], bytes, vectors, (int) count, total);
        }
        GuestMemory.writeInt(bytes, returnWritten, total);
        return Errno.SUCCESS;
    }

    private void output(int fd, byte[] bytes, int vectors, int count, int total) {
        if (count == 1) {
            output(fd, bytes, GuestMemory.readInt(bytes, vectors), total);
            return;
        }
        byte[] joined = new byte[total];
        int length = 0;
        for (int i = 0; i < count; i++) {
            int size = GuestMemory.readInt(bytes, vectors + 8 * i + 4);
            if (size > 0) {
                int from = GuestMemory.readInt(bytes, vectors + 8 * i);
                System.arraycopy(bytes, from, joined, length, size);
                length += size;
            }
        }
        output(fd, joined, 0, length);
    }

    private void output(int fd, byte[] bytes, int offset, int length) {
        if (fd == STDOUT) {
            context.output(bytes, offset, length);
        } else {
            context.errorOutput(bytes, offset, length);
        }
    }

    /// The summed lengths of all vectors, or -1 when one is out of bounds or they are too long.
    private static int outputSize(byte[] bytes, int vectors, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            int pointer = GuestMemory.readInt(bytes, vectors + 8 * i);
            int size = GuestMemory.readInt(bytes, vectors + 8 * i + 4);
            total += size & 0xFFFFFFFFL;
            if (GuestMemory.at(bytes, pointer, size) < 0 || total > MOST_OUTPUT) {
                return -1;
            }
        }
        return (int) total;
    }

    private long[] writeLong(long target, long value) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, target, 8) < 0) {
            return Errno.FAULT;
        }
        GuestMemory.writeLong(bytes, target, value);
        return Errno.SUCCESS;
    }

    private long[] writeInts(long first, int firstValue, long second, int secondValue) {
        byte[] bytes = memory.array();
        if (GuestMemory.noWords(bytes, first, second)) {
            return Errno.FAULT;
        }
        GuestMemory.writeInt(bytes, first, firstValue);
        GuestMemory.writeInt(bytes, second, secondValue);
        return Errno.SUCCESS;
    }

    private static boolean isOutput(long descriptor) {
        int fd = (int) descriptor;
        return fd == STDOUT || fd == STDERR;
    }
}
