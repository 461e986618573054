package dev.sluice.abi.hostcall;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.PairList;
import dev.sluice.abi.context.EffectiveContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Going on, giving up, and answering in the upstream's place. All of it happens after the guest
/// has returned.
///
/// Thread: the VM's.
final class StreamCalls {
    private static final int REQUEST = 0;
    private static final int RESPONSE = 1;
    private static final int UPSTREAM = 3;
    private static final int MOST_GRPC_STATUS = 16;

    private final EffectiveContext context;
    private final GuestMemory memory;

    StreamCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_continue_stream(type)`: lets the effective stream's request or response go on.
    ///
    /// Returns `BAD_ARGUMENT` for an unknown type, `UNIMPLEMENTED` for TCP.
    long[] resume(long[] arguments) {
        int type = (int) arguments[0];
        if (type < 0 || type > UPSTREAM) {
            return Result.BAD_ARGUMENT;
        }
        if (type > RESPONSE) {
            return Result.UNIMPLEMENTED;
        }
        if (type == REQUEST) {
            context.resumeRequest();
        } else {
            context.resumeResponse();
        }
        return Result.OK;
    }

    /// `proxy_continue_request()`, ABI 0.1.0.
    long[] resumeRequest(long[] arguments) {
        context.resumeRequest();
        return Result.OK;
    }

    /// `proxy_continue_response()`, ABI 0.1.0.
    long[] resumeResponse(long[] arguments) {
        context.resumeResponse();
        return Result.OK;
    }

    /// `proxy_close_stream(type)`: resets the effective stream.
    ///
    /// Returns `BAD_ARGUMENT` for an unknown type, `UNIMPLEMENTED` for TCP.
    long[] close(long[] arguments) {
        int type = (int) arguments[0];
        if (type < 0 || type > UPSTREAM) {
            return Result.BAD_ARGUMENT;
        }
        if (type > RESPONSE) {
            return Result.UNIMPLEMENTED;
        }
        context.reset();
        return Result.OK;
    }

    /// `proxy_send_local_response(status, details, detailsSize, body, bodySize, headers,
    /// headersSize, grpcStatus)`: answers the client. Without effect in a root context, and on a
    /// stream that has been answered.
    ///
    /// Returns `INVALID_MEMORY_ACCESS` when an address is out of bounds.
    long[] sendLocalResponse(long[] arguments) {
        byte[] bytes = memory.array();
        int details = GuestMemory.at(bytes, arguments[1], arguments[2]);
        int body = GuestMemory.at(bytes, arguments[3], arguments[4]);
        int headers = GuestMemory.at(bytes, arguments[5], arguments[6]);
        if (details < 0 || body < 0 || headers < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        if (!context.mayReply()) {
            return Result.OK;
        }
        int grpcStatus = (int) arguments[7];
        context.reply(
                new LocalResponse(
                        (int) arguments[0],
                        details(bytes, details, (int) arguments[2]),
                        PairList.copy(bytes, headers, (int) arguments[6]),
                        Arrays.copyOfRange(bytes, body, body + (int) arguments[4]),
                        grpcStatus >= 0 && grpcStatus <= MOST_GRPC_STATUS ? grpcStatus : -1));
        return Result.OK;
    }

    private static String details(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8)
                .codePoints()
                .map(each -> Character.isWhitespace(each) ? '_' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
